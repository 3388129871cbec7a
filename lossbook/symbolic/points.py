"""Where a statement is tested: inside its domain, and around its kinks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

import sympy as sp
from sympy.core.relational import Relational

from lossbook.symbolic.errors import CheckError

Point: TypeAlias = dict[sp.Symbol, sp.Rational]
Domain: TypeAlias = Mapping[sp.Symbol, sp.Set]

INTERIOR_POINTS = 12
POINTS_PER_KINK = 3
ATTEMPTS_PER_POINT = 8
# A power of two, so that root ± NEAR stays a short exact fraction.
NEAR = sp.Rational(1, 2**40)


@dataclass(frozen=True)
class Sample:
    """A test point, and where it lies."""

    place: Literal["interior", "at kink", "beside kink"]
    point: Point
    variable: sp.Symbol | None = None
    """At a kink: the variable that crosses it."""


def samples(
    expressions: list[sp.Expr], domain: Domain
) -> Iterator[Sample]:
    """Interior points, then each kink's root and both its sides.

    The order and the points depend on the input alone.
    """
    symbols = _symbols(expressions)
    rng = random.Random(0)
    for _ in range(INTERIOR_POINTS):
        yield Sample("interior", _draw(symbols, domain, rng))
    for kink in kinks(expressions):
        yield from _around(kink, symbols, domain, rng)


def kinks(expressions: list[sp.Expr]) -> list[sp.Expr]:
    """The expressions at whose zeros a formula changes its branch."""
    found: set[sp.Expr] = set()
    for expr in expressions:
        for relation in expr.atoms(Relational):
            found.add(relation.lhs - relation.rhs)
        for function in expr.atoms(sp.Abs, sp.sign, sp.Heaviside):
            found.add(function.args[0])
        for function in expr.atoms(sp.Max, sp.Min):
            found.update(
                a - b for a, b in combinations(function.args, 2)
            )
    branches = {branch for kink in found for branch in _opened(kink)}
    # r and −r vanish together: keep the one that prints first.
    kept = {
        min(b, sp.expand(-b), key=sp.default_sort_key) for b in branches
    }
    return sorted(
        (k for k in kept if k.free_symbols), key=sp.default_sort_key
    )


def _opened(expr: sp.Expr) -> Iterator[sp.Expr]:
    """``|r| − δ`` vanishes where ``r − δ`` or ``−r − δ`` does; so for Max, Min."""
    branching = expr.atoms(sp.Abs, sp.Max, sp.Min)
    if not branching:
        yield sp.expand(expr)
        return
    outermost = max(
        branching, key=lambda f: (f.count_ops(), sp.default_sort_key(f))
    )
    inner = outermost.args
    branches = (
        (inner[0], -inner[0])
        if isinstance(outermost, sp.Abs)
        else inner
    )
    for branch in branches:
        yield from _opened(expr.xreplace({outermost: branch}))


def _around(
    kink: sp.Expr,
    symbols: list[sp.Symbol],
    domain: Domain,
    rng: random.Random,
) -> Iterator[Sample]:
    movable = [
        s
        for s in symbols
        if s in kink.free_symbols
        and not s.is_integer
        and not isinstance(domain.get(s), sp.FiniteSet)
        and kink.is_polynomial(s)
        and sp.degree(kink, s) == 1
    ]
    if not movable:
        raise CheckError(
            f"cannot solve the kink {kink} = 0 for one variable"
        )
    for variable in movable:
        slope, intercept = sp.Poly(kink, variable).all_coeffs()
        root = -intercept / slope
        found = 0
        for _ in range(POINTS_PER_KINK * ATTEMPTS_PER_POINT):
            point = _draw(symbols, domain, rng)
            at = root.subs(point)
            if not at.is_Rational:
                raise CheckError(
                    f"cannot stand exactly on the kink {kink} = 0: "
                    f"{variable} = {at} is no fraction"
                )
            if not _admits(variable, at, domain):
                continue
            found += 1
            yield Sample("at kink", {**point, variable: at}, variable)
            for beside in (at - NEAR, at + NEAR):
                if _admits(variable, beside, domain):
                    yield Sample(
                        "beside kink", {**point, variable: beside}
                    )
            if found == POINTS_PER_KINK:
                return


def _symbols(expressions: list[sp.Expr]) -> list[sp.Symbol]:
    free: set[sp.Symbol] = set().union(
        *(e.free_symbols for e in expressions)
    )
    return sorted(free, key=sp.default_sort_key)


def _draw(
    symbols: list[sp.Symbol], domain: Domain, rng: random.Random
) -> Point:
    return {s: _value(s, domain.get(s), rng) for s in symbols}


def _value(
    symbol: sp.Symbol, within: sp.Set | None, rng: random.Random
) -> sp.Rational:
    """A short binary fraction: exact in SymPy and in mpmath."""
    if isinstance(within, sp.FiniteSet):
        return rng.choice(sorted(within))
    if symbol.is_integer:
        return sp.Integer(
            rng.randint(1 if symbol.is_positive else 0, 6)
        )
    if isinstance(within, sp.Interval) and within.start.is_finite:
        end = within.end if within.end.is_finite else within.start + 6
        return within.start + (end - within.start) * _fraction(rng)
    # Small, middling and large values all occur, of either sign.
    scale = rng.choice([sp.Rational(1, 4), sp.S.One, sp.Integer(4)])
    size = scale * _fraction(rng)
    if symbol.is_positive or symbol.is_nonnegative:
        return size
    return size * rng.choice([-1, 1])


def _fraction(rng: random.Random) -> sp.Rational:
    return sp.Rational(rng.randint(1, 63), 64)


def _admits(
    symbol: sp.Symbol, value: sp.Rational, domain: Domain
) -> bool:
    if symbol in domain and value not in domain[symbol]:
        return False
    if symbol.is_positive:
        return bool(value > 0)
    return not symbol.is_nonnegative or bool(value >= 0)
