"""Writes lossbook.apkg, the questions as a deck for Anki.

A note is known by its question's id and a deck by its chapter's slug,
so that whoever imports the deck again has the same notes, brought up
to date, and not twice as many.
"""

import hashlib
import io
import os
import time
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import genanki
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from lossbook.export import Book, Page
from lossbook.practice import questions
from lossbook.practice.questions import Question
from lossbook.practice.sides import sides
from lossbook.site.kept import kept
from lossbook.site.questions import ASKED, TASKS
from lossbook.site.staleness import SITE, digest, package_files

TITLE = "Loss Functions by Hand"
CSS = """\
.card { font: 20px/1.4 serif; text-align: left; }
.card > * { max-width: 36em; margin-inline: auto; }
.about { font-size: 70%; opacity: 0.7; }
pre { overflow-x: auto; font-size: 80%; }
ul { list-style: none; padding-left: 0; }
li { margin-block: 0.3em; }
"""
ABOUT = '<p class="about">{{About}}</p>'
# Anki takes a model of another id or with other fields for another
# kind of note, and would not update the notes that are there.
MODEL = genanki.Model(
    1_476_203_911,
    TITLE,
    fields=[{"name": name} for name in ("Question", "Answer", "About")],
    templates=[
        {
            "name": "Question",
            "qfmt": ABOUT + "<div>{{Question}}</div>",
            "afmt": "{{FrontSide}}<hr id=answer><div>{{Answer}}</div>",
        }
    ],
    css=CSS,
)


def math(tex: str, options: dict[str, Any]) -> str:
    """TeX between the delimiters that Anki's MathJax looks for."""
    opening, closing = (
        (r"\[", r"\]") if options["display_mode"] else (r"\(", r"\)")
    )
    return f"{opening}{escape(tex.strip(), quote=False)}{closing}"


# Without HTML: a < of an author is a <.
MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "typographer": True})
    .enable(["smartquotes", "table"])
    .use(dollarmath_plugin, allow_labels=False, renderer=math)
)
# A link to another page leads nowhere from Anki; its words stay.
for rule in ("link_open", "link_close"):
    MARKDOWN.add_render_rule(rule, lambda *_: "")


def note(question: Question) -> genanki.Note:
    """The question in front, the answer behind."""
    shown, answer = sides(question)
    about = (
        TASKS[question.kind],
        question.difficulty,
        ASKED[question.asked],
    )
    return genanki.Note(
        MODEL,
        [
            MARKDOWN.render(shown),
            MARKDOWN.render(answer),
            " · ".join(about),
        ],
        guid=genanki.guid_for("lossbook", question.id),
        tags=[
            question.chapter,
            question.kind,
            question.difficulty,
            question.asked,
        ],
    )


def deck(
    slug: str, title: str, notes: Iterable[genanki.Note]
) -> genanki.Deck:
    """The deck of one chapter, below that of the book."""
    # Anki's ids are numbers; those it makes itself are much larger.
    digest = hashlib.sha256(f"lossbook {slug}".encode()).digest()
    made = genanki.Deck(
        (1 << 30) + int.from_bytes(digest[:4]) % (1 << 30),
        f"{TITLE}::{title}",
    )
    for one in notes:
        made.add_note(one)
    return made


def decks(pages: Iterable[Page]) -> Sequence[genanki.Deck]:
    """One for each chapter that has questions."""
    with_questions = set(questions.slugs())
    return [
        deck(
            page.slug, page.title, map(note, questions.load(page.slug))
        )
        for page in pages
        if page.slug in with_questions
    ]


def packed(made: Sequence[genanki.Deck], moment: float) -> bytes:
    """All the decks in one file, dated to a moment in seconds.

    A fixed date would do no good: Anki replaces a note only by a
    later one.
    """
    file = io.BytesIO()
    genanki.Package(made).write_to_file(file, timestamp=moment)
    return file.getvalue()


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    chapters = Book(Path(app.srcdir)).chapters
    titles = {page.slug: page.title for page in chapters}
    if titles.keys().isdisjoint(questions.slugs()):
        return
    files = [
        *package_files(),
        *questions.FOLDER.glob("*.yml"),
        *SITE.glob("*.py"),
    ]
    date = os.environ.get("SOURCE_DATE_EPOCH")
    content = kept(
        app,
        "lossbook.apkg",
        f"{digest(files)} {titles} {date}",
        lambda: packed(decks(chapters), float(date or time.time())),
    )
    folder = Path(app.outdir, "_static", "lossbook")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lossbook.apkg").write_bytes(content)


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)
