"""Which of the usual mistakes were made, by the numbers they give.

A mistake is tried on all cases before it is told: a single number is
soon the same by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import (
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from math import inf, log
from typing import Any, Protocol, TypeAlias

from lossbook.practice.values import Expected, close

# Listed mistakes are kept to six digits.
SAME = 1e-4
# A mistake shows if it changes three of them.
VISIBLE = 1e-3


@dataclass(frozen=True)
class Mistake:
    """What a mistake gives in a case, and what to say of it.

    Args:
        numbers: None where any would do, at a kink.
    """

    numbers: Sequence[float | None]
    means: str


Mistakes: TypeAlias = Mapping[Hashable, Mistake]
"""By what tells them apart, the listed ones first."""


class Tried(Protocol):
    """What a case gave, and what mistakes would give in it."""

    @property
    def numbers(self) -> Sequence[float]: ...
    @property
    def right(self) -> bool: ...
    @property
    def mistakes(self) -> Mistakes: ...


def suspects(cases: Iterable[Tried]) -> Sequence[Hashable]:
    """The mistakes that may have been made, the likeliest first.

    Those that give the numbers of every case in which they show; then
    those that do so for the first and for most, where a second mistake
    hides the rest.
    One that would have shown in a case that is right was not made;
    but if it would have shown as NaN or inf, then perhaps in a form
    that does not overflow.
    """
    shown: Counter[Hashable] = Counter()
    fits: Counter[Hashable] = Counter()
    at_once, finite, innocent = set(), set(), set()
    for case in cases:
        for which, mistake in case.mistakes.items():
            if _tells_nothing(case, mistake):
                continue
            shown[which] += 1
            if is_it(mistake, case):
                fits[which] += 1
                if shown[which] == 1:
                    at_once.add(which)
                if _is_finite(mistake.numbers):
                    finite.add(which)
            if case.right and _is_finite(mistake.numbers):
                innocent.add(which)
    every = [one for one in shown if fits[one] == shown[one]]
    most = [
        one
        for one in shown
        if one in at_once & finite - innocent
        and shown[one] > fits[one] > shown[one] / 2
    ]
    return [
        one
        for some in (every, most)
        for one in sorted(some, key=lambda one: -fits[one])
    ]


def _tells_nothing(case: Tried, mistake: Mistake) -> bool:
    """An error, another shape, or an overflow hides the mistake."""
    return len(case.numbers) != len(mistake.numbers) or (
        _is_finite(mistake.numbers) and not _is_finite(case.numbers)
    )


def is_it(mistake: Mistake, case: Tried) -> bool:
    """Whether the case gave what the mistake gives."""
    largest = max(
        (abs(one) for one in mistake.numbers if one and abs(one) < inf),
        default=0.0,
    )
    return len(case.numbers) == len(mistake.numbers) and all(
        one == one
        if other is None
        else close(one, other, SAME, 1e-12 * largest)
        for one, other in zip(
            case.numbers, mistake.numbers, strict=True
        )
    )


def _is_finite(numbers: Sequence[float | None]) -> bool:
    return all(one is None or abs(one) < inf for one in numbers)


def listed(
    found: Iterable[Sequence[Any]], means: Sequence[str]
) -> dict[Hashable, Mistake]:
    """The challenge's own mistakes that show in a case.

    Args:
        found: For each its place in `means`, then what it gives.
    """
    return {
        which: Mistake([float(one) for one in numbers], means[which])
        for which, *numbers in found
    }


def multiples(
    wanted: Sequence[Expected],
    batch: tuple[int, int],
    sign: str,
    atol: float,
) -> dict[Hashable, Mistake]:
    """The right numbers times or over something, as far as it shows.

    Args:
        batch: Its size and its entries, or (1, 1) for no mean.
        sign: What a flipped sign means.
    """
    found: dict[Hashable, Mistake] = {}
    for name, factor, means in _factors(*batch):
        for flip in (1, -1):
            numbers = [_times(factor * flip, one) for one in wanted]
            if not all(
                one is None or close(one, right, VISIBLE, atol)
                for one, right in zip(numbers, wanted, strict=True)
            ):
                parts = (sign if flip < 0 else "", means)
                said = " ".join(filter(None, parts))
                found[name, flip] = Mistake(numbers, said)
    return found


def _times(factor: float, right: Expected) -> float | None:
    return None if isinstance(right, tuple) else factor * right


def _factors(n: int, entries: int) -> Iterator[tuple[str, float, str]]:
    """Each usual factor: its name, its value, where it comes from."""
    yield "1", 1, ""
    if entries > n:
        width = entries // n
        yield (
            "1/K",
            n / entries,
            f"It is divided by all {entries} entries, as np.mean does,"
            f" and not by the batch size n = {n}.",
        )
        yield (
            "n/K",
            n / width,
            f"It is divided by {width}, the length of the last axis,"
            f" and not by the batch size n = {n}.",
        )
    if n > 1:
        yield (
            "n",
            n,
            f"{n} times the right value: the division by the batch"
            f" size n = {n} is missing.",
        )
        yield (
            "1/n",
            1 / n,
            (f"It is divided by the batch size n = {n} twice."),
        )
        yield (
            "n²",
            n * n,
            f"{n * n} times the right value: it is multiplied by the"
            f" batch size n = {n}, as in `x / 2 * n`, not divided.",
        )
    yield "2", 2, "Twice the right value: a ½ is missing."
    yield "1/2", 1 / 2, "Half the right value: there is a ½ too many."
    yield (
        "log2",
        1 / log(2),
        "1.4427 times the right value, which is 1/log 2: np.log2 gives"
        " bits, the natural logarithm is np.log.",
    )
    yield (
        "log10",
        1 / log(10),
        "0.4343 times the right value, which is 1/log 10: np.log10 has"
        " another base, the natural logarithm is np.log.",
    )
