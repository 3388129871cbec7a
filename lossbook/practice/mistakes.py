"""The mistakes that any typed formula may contain.

Each is the right answer times or over something, so that a page needs
no numbers of its own for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Usual:
    """The right answer `how` (times or over) `what`: a number or a symbol.

    Args:
        why: What to tell the reader, in MyST.
    """

    how: Literal["times", "over"]
    what: int | str
    why: str


ALWAYS = (
    Usual(
        "times",
        -1,
        "The sign is flipped; everything else is right.",
    ),
    Usual(
        "times",
        2,
        "Twice the right value: a ½ is missing, or the 2 of a square"
        " was not cancelled.",
    ),
    Usual(
        "over",
        2,
        "Half the right value: there is a ½ too many.",
    ),
)
WITH = {
    "n": (
        Usual(
            "times",
            "n",
            "$n$ times the right value: the $1/n$ of the mean is"
            " missing.",
        ),
        Usual(
            "over",
            "n",
            "The right value over $n$: it is divided by $n$ once too"
            " often.",
        ),
    ),
    "T": (
        Usual(
            "times",
            "T",
            "$T$ times the right value: the $1/T$ that the chain rule"
            " brings out of $z/T$ is missing.",
        ),
        Usual(
            "over",
            "T",
            "The right value over $T$: there is a $1/T$ too many.",
        ),
    ),
}


def usual(symbols: Iterable[str]) -> Iterator[Usual]:
    """Those that fit an answer in these symbols."""
    yield from ALWAYS
    for name in symbols:
        yield from WITH.get(name, ())
