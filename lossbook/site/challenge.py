"""The challenge directive: code to write, which the page then judges.

    :::{challenge} huber-grad
    :::

Task, stub, hints and solution can be read without any script;
web/challenge/ puts an editor in the place of the stub, and runs what
is written there against _static/lossbook/challenges/<id>.json.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import unescape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import SphinxDirective

from lossbook.export import Book
from lossbook.practice import cases, challenges
from lossbook.site.challenge_schema import problems
from lossbook.site.kept import kept
from lossbook.site.questions import html
from lossbook.site.staleness import digest, package_files

CHALLENGE = re.compile(
    r'<section [^>]*class="challenge"[^>]* id="([^"]+)">'
    r".*?<h3>(.*?)</h3>",
    re.DOTALL,
)


class Challenge(SphinxDirective):
    """One of lossbook/challenges/, by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        identifier = self.arguments[0]
        try:
            chapter = challenges.chapter_of(identifier)
        except LookupError as problem:
            raise self.error(str(problem)) from None
        self.env.note_dependency(
            str(challenges.FOLDER / f"{chapter}.yml")
        )
        if found := [*problems(chapter, challenges.read(chapter))]:
            raise self.error("\n".join(found))
        challenge = challenges.find(identifier)
        hints = [
            folded(f"Hint {number}", *self.parse_text_to_nodes(hint))
            for number, hint in enumerate(challenge.hints, 1)
        ]
        box = html(
            "section",
            html("p", nodes.Text("Challenge"), CLASS="task"),
            html("h3", nodes.Text(challenge.title)),
            html(
                "div",
                *self.parse_text_to_nodes(challenge.task),
                CLASS="prompt",
            ),
            html("div", code(challenge.stub), CLASS="stub"),
            *hints,
            folded("Solution", code(challenge.solution)),
            CLASS="challenge",
            aria_label=f"Challenge: {challenge.title}",
            data_packages=" ".join(challenge.packages),
            data_pyodide=self.config.lossbook_pyodide,
        )
        box["ids"] = [identifier]
        return [box]


def folded(summary: str, *inside: nodes.Node) -> nodes.Node:
    return html(
        "details", html("summary", nodes.Text(summary)), *inside
    )


def code(text: str) -> nodes.Node:
    text = text.rstrip("\n")
    return nodes.literal_block(text, text, language="python")


def titles(page: str) -> Sequence[Mapping[str, str]]:
    """The challenges in the HTML of a page."""
    return [
        {"id": identifier, "title": unescape(title)}
        for identifier, title in CHALLENGE.findall(page)
    ]


def judged_by(identifier: str) -> bytes:
    return cases.package(challenges.find(identifier)).encode()


def write(app: Sphinx, exception: Exception | None) -> None:
    """Puts beside the scripts what the judge tries an answer on."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir, "_static", "lossbook", "challenges")
    folder.mkdir(parents=True, exist_ok=True)
    sources = digest(
        [*package_files(), *challenges.FOLDER.glob("*.yml")]
    )
    for page in Book(Path(app.srcdir)).pages:
        built = Path(app.outdir, f"{page.path}.html")
        for found in titles(built.read_text(encoding="utf-8")):
            name = f"{found['id']}.json"
            make = partial(judged_by, found["id"])
            text = kept(app, name, sources, make)
            (folder / name).write_bytes(text)


def setup(app: Sphinx) -> None:
    app.add_directive("challenge", Challenge)
    app.connect("build-finished", write)
