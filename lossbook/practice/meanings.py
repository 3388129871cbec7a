"""What a wrong answer usually means: told by what it looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

from lossbook.practice.values import Expected, close

Pair: TypeAlias = tuple[float, Expected]

# Mistakes are kept to six digits.
SAME = 1e-4


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


def of_error(message: str, check: Mapping[str, Any]) -> str:
    """What an error means, by its first word."""
    name = message.split(":")[0]
    overflow = check.get(
        "overflow", "A number is too large for a float."
    )
    known = {
        "OverflowError": overflow,
        "FloatingPointError": overflow,
        "RecursionError": "The function calls itself without an end.",
        "ZeroDivisionError": "Plain Python refuses to divide by 0.",
        "NotImplementedError": "This part is not written yet.",
    }
    usually = "An error was raised where a value was to be returned."
    return str(known.get(name, usually))


Mistakes: TypeAlias = Sequence[Sequence[Any]]
"""For each its number, and what it gives in a case."""


@dataclass(frozen=True)
class Suspects:
    """The mistakes that may have been made, the likeliest first.

    Args:
        certain: They explain every case that they would show in.
        possible: They explain some of these; others are wrong in
            another way.
    """

    certain: Sequence[int]
    possible: Sequence[int]


def suspects(
    cases: Iterable[tuple[Sequence[float], bool, Mistakes]],
) -> Suspects:
    """The mistakes that what was got does not speak against.

    One that would have shown in a case that is right was not made;
    but if it would have shown as NaN or inf, then perhaps in a form
    that does not overflow.

    Args:
        cases: What each gave, whether that is right, and the mistakes
            that it would show.
    """
    shown: Counter[int] = Counter()
    fits: Counter[int] = Counter()
    innocent = set()
    for got, right, mistakes in cases:
        for which, *numbers in mistakes:
            shown[which] += 1
            fits[which] += _same_numbers(got, numbers)
            if right and all(abs(float(one)) < inf for one in numbers):
                innocent.add(which)
    found = sorted(
        (one for one in fits if fits[one] and one not in innocent),
        key=lambda one: (-fits[one], one),
    )
    return Suspects(
        [one for one in found if fits[one] == shown[one]],
        [one for one in found if fits[one] < shown[one]],
    )


def of_mistake(
    got: Sequence[float], mistakes: Mistakes, suspected: Sequence[int]
) -> int | None:
    """The likeliest mistake that gives the same numbers, if any."""
    found = {
        which
        for which, *numbers in mistakes
        if _same_numbers(got, numbers)
    }
    return next((one for one in suspected if one in found), None)


def _same_numbers(got: Sequence[float], numbers: Sequence[Any]) -> bool:
    wrong = [float(number) for number in numbers]
    largest = max(
        (abs(one) for one in wrong if abs(one) < inf), default=0.0
    )
    return len(got) == len(wrong) and all(
        close(one, other, SAME, 1e-12 * largest)
        for one, other in zip(got, wrong, strict=True)
    )


def of_special(pairs: Sequence[Pair], check: Mapping[str, Any]) -> str:
    """What NaN or inf mean where neither is right."""
    if any(_is_nan(got) and not _is_nan(right) for got, right in pairs):
        usually = "NaN comes from inf − inf, 0 · inf or 0 / 0."
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


def of_factor(
    pairs: Sequence[Pair], batch: tuple[int, int], sign: str
) -> str:
    """What it means that all are wrong by the same factor.

    Args:
        batch: Its size and its entries, or (1, 1) for no mean.
        sign: What a flipped sign means.
    """
    factor = _common_factor(pairs)
    if factor is None:
        return ""
    sizes = [
        sentence
        for value, sentence in _factors(*batch)
        if _same(abs(factor), value)
    ]
    flipped = factor < 0 and (sizes or _same(factor, -1.0))
    return " ".join([sign] * bool(flipped) + sizes[:1])


def _same(one: float, other: float) -> bool:
    return close(one, other, SAME, 0.0)


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


def _common_factor(pairs: Sequence[Pair]) -> float | None:
    """By what every right value was multiplied; None if by several."""
    factors = []
    for got, wanted in pairs:
        if _is_nan(got) != _is_nan(wanted):
            return None
        if isinstance(wanted, tuple) or _is_nan(wanted):
            continue
        if wanted:
            factors.append(got / wanted)
        elif got:
            return None
    if factors and all(_same(f, factors[0]) for f in factors):
        return factors[0]
    return None


def _factors(n: int, entries: int) -> Iterator[tuple[float, str]]:
    """Each usual factor, and where it comes from."""
    if n > 1:
        yield (
            n,
            f"{n} times the right value: the division by the batch"
            f" size n = {n} is missing.",
        )
        yield 1 / n, f"It is divided by the batch size n = {n} twice."
    if entries > n:
        yield (
            n / entries,
            f"It is divided by all {entries} entries, as np.mean does,"
            f" and not by the batch size n = {n}.",
        )
    yield 2, "Twice the right value: a ½ is missing."
    yield 1 / 2, "Half the right value: there is a ½ too many."
