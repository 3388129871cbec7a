"""What a wrong answer usually means: told by what it looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, TypeAlias

from lossbook.practice.values import Expected, close

Pair: TypeAlias = tuple[float, Expected]

# What an ε, a clip or float32 changes of a number at most.
NEARLY = 1e-5
# Where a cap shows.
LARGE = 30
FIRST_TOO = "The first check fails too: put that right before this one."
UNKNOWN = (
    "None of the usual mistakes gives this: work the case out on paper,"
    " and print what each of your steps makes of it."
)


def of_shape(got: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """What a wrong shape means."""
    if got == ():
        return (
            "A single number came back, and every entry needs its own:"
            " nothing is to be summed or averaged here."
        )
    if len(got) > 1 and got == wanted[::-1]:
        return "Rows and columns are swapped: it is transposed."
    if len(got) == 2 and got[0] == got[1] == wanted[0]:
        return (
            "(n,) against (n, 1) broadcasts to (n, n): an axis was lost"
            " or added on the way."
        )
    if _size(got) == _size(wanted):
        return (
            "The numbers may be right, but an axis was lost or added:"
            " `keepdims=True` keeps it, a reshape brings it back."
        )
    if len(got) == len(wanted):
        return (
            "An axis has another length: the wrong one was summed, or"
            " its length was taken from something else."
        )
    if len(got) < len(wanted):
        return "An axis was summed away that should have stayed."
    return "The result has to have the shape that the task names."


def _size(shape: tuple[int, ...]) -> int:
    size = 1
    for length in shape:
        size *= length
    return size


def of_special(pairs: Sequence[Pair], check: Mapping[str, Any]) -> str:
    """What NaN or inf mean where neither is right."""
    if any(_is_nan(got) and not _is_nan(right) for got, right in pairs):
        usually = (
            "NaN comes from inf − inf, 0 · inf, 0 / 0, or the log or"
            " root of a negative number."
        )
        return str(check.get("nan", usually))
    if any(
        _is_infinite(got) and not _is_infinite(right)
        for got, right in pairs
    ):
        usually = (
            "Something overflowed: an exp or a square that is larger"
            " than any float, or the log of 0."
        )
        return str(check.get("inf", usually))
    return ""


def worst(wrong: Sequence[int], got: Sequence[float]) -> int:
    """The place to show: that of NaN or inf, or else the first."""
    special = (
        place
        for place in wrong
        if _is_nan(got[place]) or _is_infinite(got[place])
    )
    return next(special, wrong[0])


def _is_nan(number: Expected) -> bool:
    return isinstance(number, float) and number != number


def _is_infinite(number: Expected) -> bool:
    return isinstance(number, float) and abs(number) == float("inf")


def of_numbers(pairs: Sequence[Pair], wrong: Sequence[int]) -> str:
    """What is left to say of numbers that no known mistake gives."""
    plain = [
        (got, wanted)
        for got, wanted in pairs
        if isinstance(wanted, float) and abs(wanted) < inf
    ]
    if len(plain) == len(pairs):
        found = _of_all(plain)
        if found:
            return found
    if any(abs(w) > LARGE and abs(g) < 0.9 * abs(w) for g, w in plain):
        return (
            "It stays small where it should be large: a clip, an ε"
            " inside a log or a mask keeps it from growing."
        )
    if len(wrong) < len(pairs):
        right = len(pairs) - len(wrong)
        return (
            f"{right} of the {len(pairs)} numbers are right: look at"
            " what the others have in common."
        )
    return ""


def _of_all(pairs: Sequence[tuple[float, float]]) -> str:
    """What all numbers have in common."""
    off = max(abs(g - w) / abs(w) if w else abs(g) for g, w in pairs)
    if off < NEARLY:
        return (
            f"Nearly right, off by {off:.0e} of it: an ε, a clip or"
            " float32 on the way costs the digits."
        )
    if not any(got for got, _ in pairs):
        return (
            "Nothing but 0 comes out: all of it was rounded away,"
            " cancelled or masked."
        )
    if len(pairs) == 1:
        return ""
    if all(got.is_integer() for got, _ in pairs) and not all(
        wanted.is_integer() for _, wanted in pairs
    ):
        return (
            "Only whole numbers come out: `//`, a rounding or an array"
            " of integers drops the fractions."
        )
    if all(_close(abs(got), abs(wanted)) for got, wanted in pairs):
        return "The sizes are right, and some signs are not."
    if all(map(_close, *map(sorted, zip(*pairs, strict=True)))):
        return "The right numbers, in another order."
    if len(pairs) > 2:
        got, wanted = max(pairs, key=lambda pair: abs(pair[1]))
        factor, shift = got / (wanted or 1), got - wanted
        if all(_close(got, factor * wanted) for got, wanted in pairs):
            return f"All are {factor:.4g} times the right numbers."
        if all(_close(got - shift, wanted) for got, wanted in pairs):
            return f"All are off by the same {shift:.4g}."
    return ""


def _close(one: float, other: float) -> bool:
    return close(one, other, NEARLY, 0.0)
