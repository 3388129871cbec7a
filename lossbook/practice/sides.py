"""A question and its answer as Markdown, where no script can help.

So numbers are those of the first draw, and lines are shuffled once.
"""

from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from lossbook.practice.expressions import (
    answer_of,
    derivation_of,
    function,
    number,
    rounded,
    tolerance_of,
    written,
)
from lossbook.practice.questions import Question
from lossbook.practice.shuffle import shuffled
from lossbook.symbolic import tex

Fields = Mapping[str, Any]


def sides(question: Question) -> tuple[str, str]:
    """What is asked, with its options, and the answer."""
    prompt = question.prompt
    for symbol, values in question.fields.get("draw", {}).items():
        drawn = f"{{drawn}}`{symbol}`"
        prompt = prompt.replace(drawn, number(values[0]))
    shown, answer = _KINDS[question.kind](question.fields)
    return (
        _paragraphs(prompt, shown),
        _paragraphs(answer, question.explanation),
    )


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part)


def _choice(fields: Fields) -> tuple[str, str]:
    return _alternatives(fields["options"])


def _numeric(fields: Fields) -> tuple[str, str]:
    draw = fields["draw"]
    value = function(answer_of(fields, draw), [*draw])
    first = [values[0] for values in draw.values()]
    right = rounded(float(value(*first)), tolerance_of(fields))
    return "", f"**{right}**"


def _derive(fields: Fields) -> tuple[str, str]:
    return "", f"$${tex(written(fields, fields['symbols']))}$$"


def _order(fields: Fields) -> tuple[str, str]:
    lines = derivation_of(fields).lines
    shown = [rf"$\displaystyle {tex(line.expr)}$" for line in lines]
    # A reason such as "definition" would give its line's place away.
    answer = (
        f"{place}. {one}: {line.reason}"
        for place, (one, line) in enumerate(
            zip(shown, lines, strict=True), 1
        )
    )
    front = _lettered(shuffled(shown, fields["derivation"]))
    return front, "\n".join(answer)


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
