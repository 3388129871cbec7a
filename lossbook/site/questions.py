"""The quiz directive: sets questions of a chapter into its page.

    :::{quiz} huber
    :place: derive
    :::

Every question becomes a card that can be read, and whose answer can be
unfolded, without any script; web/quiz/ makes the cards answer back.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from lossbook.practice import questions
from lossbook.practice.expressions import (
    answer_of,
    derivation_of,
    function,
    number,
    rounded,
    tolerance_of,
    written,
)
from lossbook.practice.points import points
from lossbook.practice.questions import Question
from lossbook.practice.shuffle import shuffled
from lossbook.site.question_schema import problems
from lossbook.symbolic import tex

TASKS = {
    "choice": "Choose one",
    "multiple": "Choose all that are right",
    "numeric": "Work out",
    "derive": "Derive",
    "order": "Put in order",
    "bug": "Find the bug",
    "recall": "Recall",
}
ASKED = {
    "common": "often asked",
    "sometimes": "sometimes asked",
    "rare": "rarely asked",
}


Fields = Mapping[str, Any]
# What is shown, what is in the answer, and the card's attributes.
Parts = tuple[list[nodes.Node], list[nodes.Node], dict[str, str]]


class element(nodes.General, nodes.Element):
    """An HTML element: its `tag`, and `html` for its attributes."""


def html(tag: str, *children: nodes.Node, **attributes: str) -> element:
    """An element; `data_kind` is the attribute data-kind."""
    names = {
        name.replace("_", "-"): value
        for name, value in attributes.items()
    }
    return element("", *children, tag=tag, html=names)


def visit(self: HTML5Translator, node: element) -> None:
    self.body.append(
        self.starttag(node, node["tag"], "", **node["html"])
    )


def depart(self: HTML5Translator, node: element) -> None:
    end = "" if node["tag"] == "span" else "\n"
    self.body.append(f"</{node['tag']}>{end}")


class Drawn(SphinxRole):
    """A number of a numeric question, by its symbol: {drawn}`delta`."""

    def run(
        self,
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [html("span", data_drawn=self.text)], []


class Quiz(SphinxDirective):
    """The questions of a chapter that belong to one place in it."""

    required_arguments = 1
    option_spec: ClassVar = {"place": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        place = self.options.get("place", "end")
        self.env.note_dependency(str(questions.FOLDER / f"{slug}.yml"))
        try:
            found = list(problems(slug, questions.read(slug)))
        except FileNotFoundError:
            found = [f"no file lossbook/questions/{slug}.yml"]
        if found:
            raise self.error("\n".join(found))
        cards = [
            self.card(question)
            for question in questions.load(slug)
            if question.place == place
        ]
        if not cards:
            raise self.error(f"no question of {slug} is for {place}")
        return [html("div", *cards, CLASS="quiz")]

    def card(self, question: Question) -> nodes.Node:
        build = getattr(self, question.kind)
        shown, answer, data = build(question.fields)
        if question.explanation:
            answer = [*answer, *self.text(question.explanation)]
        label = " · ".join(
            (
                TASKS[question.kind],
                question.difficulty,
                ASKED[question.asked],
            )
        )
        prompt = html(
            "div", *self.text(question.prompt), CLASS="prompt"
        )
        if draw := question.fields.get("draw"):
            for span in prompt.findall(element):
                if symbol := span["html"].get("data-drawn"):
                    span += nodes.Text(number(draw[symbol][0]))
        card = html(
            "article",
            html("p", nodes.Text(label), CLASS="task"),
            prompt,
            *shown,
            html(
                "details",
                html("summary", nodes.Text("Answer")),
                *answer,
            ),
            CLASS="card",
            data_kind=question.kind,
            data_chapter=question.chapter,
            **data,
        )
        card["ids"] = [question.id]
        return card

    def choice(self, fields: Fields) -> Parts:
        return self.alternatives(fields["options"])

    multiple = choice

    def numeric(self, fields: Fields) -> Parts:
        draw = fields["draw"]
        first = [values[0] for values in draw.values()]
        value = function(answer_of(fields, draw), [*draw])
        tolerance = tolerance_of(fields)
        right = nodes.strong(
            text=rounded(float(value(*first)), tolerance)
        )
        return (
            [],
            [html("p", right, CLASS="right")],
            {
                "data_draw": json.dumps(draw),
                "data_tolerance": str(tolerance),
            },
        )

    def derive(self, fields: Fields) -> Parts:
        answer = written(fields, fields["symbols"])
        right = nodes.math_block(text=tex(answer))
        judged_by = points(fields)
        whys = [html("li", *self.text(why)) for why in judged_by.whys]
        mistakes = html("ul", *whys, CLASS="mistakes", hidden="")
        numbers = json.dumps(judged_by.json(), separators=(",", ":"))
        return [], [right, mistakes], {"data_points": numbers}

    def order(self, fields: Fields) -> Parts:
        derived = derivation_of(fields).lines
        lines = [
            html(
                "li",
                nodes.math(text=rf"\displaystyle = {tex(line.expr)}"),
                data_line=str(place),
            )
            for place, line in enumerate(derived, 1)
        ]
        unordered = shuffled(
            [line.deepcopy() for line in lines], fields["derivation"]
        )
        # A reason such as "definition" would give its line's place away.
        for item, line in zip(lines, derived, strict=True):
            item += html(
                "span", *self.line(line.reason), CLASS="reason"
            )
        right = html("ol", *lines, CLASS="ordered")
        return (
            [html("ol", *unordered, CLASS="lines")],
            [right],
            {"data_either": json.dumps(fields.get("either", []))},
        )

    def bug(self, fields: Fields) -> Parts:
        code = nodes.literal_block(
            fields["code"], fields["code"], language="python"
        )
        heading = nodes.strong(text=f"Line {fields['wrong']}. ")
        why = html(
            "div",
            html("p", heading),
            *self.text(fields["why"]),
            CLASS="why",
        )
        fixes, whys, _data = self.alternatives(fields["fixes"])
        return (
            [code, html("div", *fixes, CLASS="fixes")],
            [why, *whys],
            {"data_wrong": str(fields["wrong"])},
        )

    def recall(self, fields: Fields) -> Parts:
        return [], self.text(fields["answer"]), {}

    def alternatives(self, options: Sequence[Fields]) -> Parts:
        """The options, and why each is right or wrong."""
        texts, whys = [], []
        for option in options:
            texts.append(html("li", *self.text(option["text"])))
            verdict = "right" if "right" in option else "wrong"
            whys.append(
                html("li", *self.text(option["why"]), CLASS=verdict)
            )
        return (
            [html("ol", *texts, CLASS="options")],
            [html("ol", *whys, CLASS="whys")],
            {},
        )

    def text(self, markdown: str) -> list[nodes.Node]:
        """An author's MyST as nodes."""
        box = nodes.container()
        self.state.nested_parse(
            StringList(markdown.splitlines(), self.arguments[0]),
            self.content_offset,
            box,
        )
        return list(box.children)

    def line(self, markdown: str) -> list[nodes.Node]:
        """The same for one line that is no paragraph of its own."""
        [paragraph] = self.text(markdown)
        return list(paragraph.children)


class Room(SphinxDirective):
    """A page of the interview room, which its script fills."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        without = html(
            "noscript",
            html(
                "p",
                nodes.Text(
                    "This page needs JavaScript. The questions stand in "
                    "their chapters too, with the answers folded away."
                ),
            ),
        )
        return [
            html(
                "div",
                without,
                CLASS="room",
                data_room=self.arguments[0],
            )
        ]


def setup(app: Sphinx) -> None:
    app.add_node(element, html=(visit, depart))
    app.add_directive("quiz", Quiz)
    app.add_directive("room", Room)
    app.add_role("drawn", Drawn())
