"""The questions of a chapter, as a notebook shows them."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from lossbook.practice import questions
from lossbook.practice.expressions import (
    answer_of,
    derivation_of,
    function,
    number,
)
from lossbook.practice.questions import Question
from lossbook.symbolic import tex

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Quiz:
    """Questions with their answers folded away."""

    questions: Sequence[Question]

    def _repr_markdown_(self) -> str:
        return "\n\n---\n\n".join(map(_card, self.questions))


def quiz(chapter: str, place: str = "end") -> Quiz:
    """The questions of a chapter that belong to one place in it.

    Raises:
        ValueError: There are none.
    """
    chosen = [
        question
        for question in questions.load(chapter)
        if question.place == place
    ]
    if not chosen:
        raise ValueError(f"no question of {chapter} is for {place!r}")
    return Quiz(chosen)


def _card(question: Question) -> str:
    prompt = question.prompt
    for symbol, values in question.fields.get("draw", {}).items():
        drawn = f"{{drawn}}`{symbol}`"
        prompt = prompt.replace(drawn, number(values[0]))
    shown, answer = _KINDS[question.kind](question.fields)
    parts = [
        prompt,
        shown,
        "<details>\n<summary>Answer</summary>",
        answer,
        question.explanation,
        "</details>",
    ]
    return "\n\n".join(part.strip() for part in parts if part)


def _choice(fields: Fields) -> tuple[str, str]:
    return _alternatives(fields["options"])


def _numeric(fields: Fields) -> tuple[str, str]:
    draw = fields["draw"]
    value = function(answer_of(fields, draw), [*draw])
    first = [values[0] for values in draw.values()]
    return "", f"**{number(float(value(*first)))}**"


def _derive(fields: Fields) -> tuple[str, str]:
    return "", f"$${tex(answer_of(fields, fields['symbols']))}$$"


def _order(fields: Fields) -> tuple[str, str]:
    lines = [
        rf"$\displaystyle {tex(line.expr)}$: {line.reason}"
        for line in derivation_of(fields).lines
    ]
    shuffled = random.Random(fields["derivation"]).sample(
        lines, len(lines)
    )
    answer = (
        f"{number}. {line}" for number, line in enumerate(lines, 1)
    )
    return _lettered(shuffled), "\n".join(answer)


def _bug(fields: Fields) -> tuple[str, str]:
    fixes, whys = _alternatives(fields["fixes"])
    code = f"```python\n{fields['code'].rstrip()}\n```"
    shown = f"{code}\n\nWhat may stand in its place?\n\n{fixes}"
    return shown, f"Line {fields['wrong']}. {fields['why']}\n\n{whys}"


def _recall(fields: Fields) -> tuple[str, str]:
    return "", fields["answer"]


def _alternatives(options: Sequence[Fields]) -> tuple[str, str]:
    whys = [
        f"**Right.** {option['why']}"
        if "right" in option
        else option["why"]
        for option in options
    ]
    return _lettered([o["text"] for o in options]), _lettered(whys)


def _lettered(texts: Sequence[str]) -> str:
    return "\n".join(
        f"- {letter}. {text.strip()}"
        for letter, text in zip(ascii_uppercase, texts, strict=False)
    )


_KINDS: dict[str, Callable[[Fields], tuple[str, str]]] = {
    "choice": _choice,
    "multiple": _choice,
    "numeric": _numeric,
    "derive": _derive,
    "order": _order,
    "bug": _bug,
    "recall": _recall,
}
