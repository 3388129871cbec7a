"""What a typed formula is judged by: values at points, made beforehand.

The page compares numbers and knows no algebra. So the points have to
lie wherever a wrong formula could differ: over all of the ranges, and
close to both sides of each kink.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import sympy as sp

from lossbook.practice.expressions import answer_of, expression
from lossbook.practice.mistakes import Usual, usual
from lossbook.symbolic import precise
from lossbook.symbolic.points import kinks

Point: TypeAlias = Mapping[str, sp.Rational]
Values: TypeAlias = Sequence[float | None]

# Half of them are such that a reader can work them out.
ROUND, FINE = 24, 36
FEWEST = 30
# From a kink, as a share of the range: near enough that hardly any
# two branches agree by chance, far enough that rounding does not matter.
BESIDE = sp.Rational(1, 1000)
PER_KINK = 2
ATTEMPTS = 20
# The page tolerates differences of 1e-7.
DIGITS = 10
# 500, 200, 100, 50, …: the largest that fits gives the roundest numbers.
STEPS = [
    sp.Rational(first) * sp.Integer(10) ** power
    for power in range(2, -7, -1)
    for first in (5, 2, 1)
]


@dataclass(frozen=True)
class Points:
    """Numbers for the page, and sentences for the reader.

    Args:
        symbols: Their order in each point.
        at: The points, those with the simplest numbers first.
        right: The right value at each.
        mistakes: For each mistake that the author listed, its value
            at each point; None where it has none.
        multiples: The usual mistakes that are none of these.
        whys: What to say to each mistake, then to each multiple.
    """

    symbols: Sequence[str]
    at: Sequence[Sequence[float]]
    right: Values
    mistakes: Sequence[Values]
    multiples: Sequence[Usual]
    whys: Sequence[str]

    def json(self) -> dict[str, Any]:
        return {
            "symbols": self.symbols,
            "at": self.at,
            "right": self.right,
            "mistakes": self.mistakes,
            "multiples": [{m.how: m.what} for m in self.multiples],
        }


def points(fields: Mapping[str, Any]) -> Points:
    """The points of a derive question.

    Raises:
        ValueError: The answer has a value at too few points, or a
            kink cannot be solved for any symbol.
    """
    names = [*fields["symbols"]]
    right = answer_of(fields, names)
    listed = fields.get("mistakes", [])
    wrong = [
        expression(mistake["answer"], names, fields.get("formula", ""))
        for mistake in listed
    ]
    tried = _chosen(fields, kinks([right, *wrong]))
    values = _values(right, tried)
    chosen = [
        point
        for point, value in zip(tried, values, strict=True)
        if value is not None
    ]
    known = [value for value in values if value is not None]
    if len(chosen) < FEWEST:
        raise ValueError(
            f"{fields['answer']!r} has a value at only {len(chosen)} "
            "points of its symbols' ranges"
        )
    mistakes = [_values(answer, chosen) for answer in wrong]
    multiples = [
        one
        for one in usual(names)
        if not _among(_multiple(one, chosen, known), [known, *mistakes])
    ]
    return Points(
        symbols=names,
        at=[[float(point[n]) for n in names] for point in chosen],
        right=known,
        mistakes=mistakes,
        multiples=multiples,
        whys=[m["why"] for m in listed] + [m.why for m in multiples],
    )


def _chosen(
    fields: Mapping[str, Any], bends: Sequence[sp.Expr]
) -> Sequence[Point]:
    """Different points off the kinks, the simplest first."""
    rng = random.Random(fields["answer"])
    ranges = {
        name: tuple(map(_exact, ends))
        for name, ends in fields["symbols"].items()
    }
    found = [
        *_inside(ranges, rng),
        *(p for bend in bends for p in _beside(bend, ranges, rng)),
    ]
    different = {tuple(point.values()): point for point in found}
    off = [
        point
        for point in different.values()
        if not any(_at(bend, point) == 0 for bend in bends)
    ]
    return sorted(off, key=_effort)


Ranges: TypeAlias = Mapping[str, tuple[sp.Rational, ...]]


def _inside(ranges: Ranges, rng: random.Random) -> Iterator[Point]:
    for _ in range(ROUND):
        yield _round_point(ranges, rng)
    for _ in range(FINE):
        yield {
            name: low
            + (high - low) * sp.Rational(rng.randint(1, 999), 1000)
            for name, (low, high) in ranges.items()
        }


def _round_point(ranges: Ranges, rng: random.Random) -> Point:
    return {
        name: rng.choice(_round_numbers(*ends))
        for name, ends in ranges.items()
    }


def _round_numbers(
    low: sp.Rational, high: sp.Rational
) -> Sequence[sp.Rational]:
    """Five or more between the ends, without 0 and ±1: they hide mistakes."""
    for step in STEPS:
        numbers = [
            step * k
            for k in range(
                sp.floor(low / step) + 1, sp.ceiling(high / step)
            )
            if abs(step * k) not in (0, 1)
        ]
        if len(numbers) >= 5:
            return numbers
    raise ValueError(f"no range: {low} to {high}")


def _beside(
    bend: sp.Expr, ranges: Ranges, rng: random.Random
) -> Iterator[Point]:
    """Points on either side of where `bend` is 0."""
    symbols = sorted(bend.free_symbols, key=sp.default_sort_key)
    movable = [
        symbol
        for symbol in symbols
        if bend.is_polynomial(symbol) and sp.degree(bend, symbol) == 1
    ]
    if not movable:
        raise ValueError(f"cannot solve the kink {bend} = 0")
    for symbol in movable:
        slope, rest = sp.Poly(bend, symbol).all_coeffs()
        yield from islice(
            _pairs(symbol.name, -rest / slope, ranges, rng),
            2 * PER_KINK,
        )


def _pairs(
    name: str, root: sp.Expr, ranges: Ranges, rng: random.Random
) -> Iterator[Point]:
    low, high = ranges[name]
    step = BESIDE * (high - low)
    for _ in range(ATTEMPTS):
        point = _round_point(ranges, rng)
        kink = _at(root, point)
        if kink.is_finite and low < kink - step and kink + step < high:
            # Short numbers, on the side that was meant.
            for side in (kink - step, kink + step):
                near = (
                    sp.floor(side / step * 10 + sp.S.Half) * step / 10
                )
                yield {**point, name: near}


def _values(expr: sp.Expr, at: Sequence[Point]) -> Values:
    """To ten digits; None where there is no finite real value."""
    compute = precise.fast(expr)
    return [
        float(f"{float(value):.{DIGITS}g}")
        if precise.defined(value)
        else None
        for value in (
            compute({s: point[s.name] for s in expr.free_symbols})
            for point in at
        )
    ]


def _at(expr: sp.Expr, point: Point) -> sp.Expr:
    return expr.subs({s: point[s.name] for s in expr.free_symbols})


def _exact(number: float) -> sp.Rational:
    return sp.Rational(str(number))


def _effort(point: Point) -> tuple[bool, int]:
    """How many characters a reader would have to write.

    Where two symbols have the same value, much cancels that should not:
    such points come last.
    """
    numbers = [*point.values()]
    return (
        len(set(numbers)) < len(numbers),
        sum(len(f"{float(number):g}") for number in numbers),
    )


def _multiple(
    mistake: Usual, at: Sequence[Point], values: Sequence[float]
) -> Sequence[float]:
    factors = [
        float(point[mistake.what])
        if isinstance(mistake.what, str)
        else mistake.what
        for point in at
    ]
    return [
        value * factor if mistake.how == "times" else value / factor
        for value, factor in zip(values, factors, strict=True)
    ]


def _among(values: Values, others: Sequence[Values]) -> bool:
    return any(all(map(_close, values, other)) for other in others)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-8 * (abs(one) + abs(other))
