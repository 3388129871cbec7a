"""Writes what the quiz's scripts read: cards, answers, a list of all.

They lie in _static/lossbook/: chapters.json says which questions there
are, cards/<chapter>.html holds their cards as the chapter's page has
them, and answers/<chapter>.js computes what numbers were drawn for.
"""

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from lossbook.export import Book, Page
from lossbook.practice import questions
from lossbook.practice.expressions import answer_of
from lossbook.site.challenge import titles
from lossbook.site.questions import element
from lossbook.symbolic import JS_PRELUDE, javascript

# What of a page its script brings to life.
LIVE = ("quiz", "explore", "challenge")

CARD = re.compile(r'<article class="card".*?</article>', re.DOTALL)


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir, "_static", "lossbook")
    for name in ("answers", "cards"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    listed = []
    for page in Book(Path(app.srcdir)).chapters:
        built = Path(app.outdir, f"{page.path}.html")
        html = built.read_text(encoding="utf-8")
        cards = CARD.findall(html)
        if not cards:
            continue
        listed.append({**described(page), "challenges": titles(html)})
        file = folder / "cards" / f"{page.slug}.html"
        file.write_text("\n".join(cards), encoding="utf-8")
        file = folder / "answers" / f"{page.slug}.js"
        file.write_text(answers(page.slug), encoding="utf-8")
    (folder / "chapters.json").write_text(
        json.dumps(listed, ensure_ascii=False), encoding="utf-8"
    )


def described(page: Page) -> dict[str, Any]:
    """A chapter and its questions, for the pages that choose among them."""
    return {
        "slug": page.slug,
        "part": page.part,
        "title": page.title,
        "page": f"{page.path}.html",
        "questions": [
            {
                "id": question.id,
                "kind": question.kind,
                "difficulty": question.difficulty,
                "asked": question.asked,
            }
            for question in questions.load(page.slug)
        ],
    }


def answers(slug: str) -> str:
    """A module of functions, one for each numeric question."""
    lines = [JS_PRELUDE, "export default {"]
    for question in questions.load(slug):
        if question.kind == "numeric":
            symbols = [*question.fields["draw"]]
            body = javascript(answer_of(question.fields, symbols))
            arguments = ", ".join(symbols)
            lines.append(f'  "{question.id}": ({arguments}) => {body},')
    return "\n".join([*lines, "};", ""])


def choose_script(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tells the template which script the page needs."""
    if doctree is None:
        return
    for node in doctree.findall(element):
        if room := node["html"].get("data-room"):
            context["page_script"] = room
        elif node["html"].get("CLASS") in LIVE:
            context["page_script"] = "chapter"


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", choose_script)
    app.connect("build-finished", write)
