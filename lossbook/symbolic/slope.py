"""A derivative held against a difference quotient, kinks included."""

from __future__ import annotations

from typing import Literal, TypeAlias

import sympy as sp

from lossbook.symbolic import precise
from lossbook.symbolic.errors import CheckError
from lossbook.symbolic.points import (
    INTERIOR_POINTS,
    Domain,
    Point,
    samples,
)

Smoothness: TypeAlias = Literal["smooth", "C1", "C0"]

STEP = sp.Rational(1, 10**20)
# The central quotient's own error is of the order STEP² = 1e-40.
INTERIOR_TOLERANCE = sp.Float("1e-30", precise.DIGITS)
# One-sided quotients are off by about STEP.
KINK_TOLERANCE = sp.Float("1e-12", precise.DIGITS)


def check_slope(
    function: sp.Expr,
    variable: sp.Symbol,
    slope: sp.Expr,
    domain: Domain,
) -> Smoothness:
    """Check ``slope`` and say how smooth ``function`` turned out to be.

    Inside the domain it must equal the central difference quotient.
    At a kink the function must not jump, and ``slope`` must lie
    between the slopes from the left and from the right.

    Raises:
        CheckError: One of these fails, or there is nothing to check.
    """
    function_at, slope_at = precise.fast(function), precise.fast(slope)
    smoothness: Smoothness = "smooth"
    used = 0
    for sample in samples([function, slope], domain):
        if sample.place == "at kink":
            here = _at_kink(function, variable, slope, sample.point)
            smoothness = min(
                smoothness, here, key=["C0", "C1", "smooth"].index
            )
        elif sample.place == "interior":
            claimed = slope_at(sample.point)
            left = function_at(_move(sample.point, variable, -STEP))
            right = function_at(_move(sample.point, variable, STEP))
            if not all(map(precise.defined, (claimed, left, right))):
                continue
            used += 1
            quotient = (right - left) / (2 * STEP)
            if precise.differ(claimed, quotient, INTERIOR_TOLERANCE):
                raise CheckError(
                    f"not the derivative by {variable} at "
                    f"{precise.show(sample.point)}: {precise.decimal(claimed)}, but "
                    f"the difference quotient is {precise.decimal(quotient)}"
                )
    if used < INTERIOR_POINTS // 2:
        raise CheckError(
            f"vacuous check: the derivative by {variable} is defined at only "
            f"{used} of {INTERIOR_POINTS} points of the domain"
        )
    return smoothness


def _at_kink(
    function: sp.Expr, variable: sp.Symbol, slope: sp.Expr, point: Point
) -> Smoothness:
    steps = (-2, -1, 0, 1, 2)
    values = [
        precise.exact(function, _move(point, variable, k * STEP))
        for k in steps
    ]
    if not all(map(precise.defined, values)):
        raise CheckError(
            f"the function is undefined at {precise.show(point)}"
        )
    far_left, left, here, right, far_right = values
    if precise.differ(left, right, KINK_TOLERANCE):
        raise CheckError(
            f"no derivative by {variable} at {precise.show(point)}: the function "
            f"jumps from {precise.decimal(left)} to {precise.decimal(right)}"
        )
    from_left, from_right = (here - left) / STEP, (right - here) / STEP
    claimed = precise.exact(slope, point)
    low, high = sorted((from_left, from_right))
    if not (
        precise.defined(claimed)
        and low - KINK_TOLERANCE <= claimed <= high + KINK_TOLERANCE
    ):
        raise CheckError(
            f"{precise.decimal(claimed)} is no subgradient at the kink "
            f"{precise.show(point)}: the slopes beside it are "
            f"{precise.decimal(from_left)} and {precise.decimal(from_right)}"
        )
    if precise.differ(from_left, from_right, KINK_TOLERANCE):
        return "C0"
    bend_left = (far_left - 2 * left + here) / STEP**2
    bend_right = (here - 2 * right + far_right) / STEP**2
    return (
        "C1"
        if precise.differ(bend_left, bend_right, KINK_TOLERANCE)
        else "smooth"
    )


def _move(point: Point, variable: sp.Symbol, by: sp.Rational) -> Point:
    return (
        {**point, variable: point[variable] + by}
        if variable in point
        else point
    )
