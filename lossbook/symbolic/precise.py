"""Values to 60 digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import mpmath as mp
import sympy as sp

from lossbook.symbolic.functions import sigma, softplus

DIGITS = 60

IN_MPMATH: list[Any] = [
    {
        "sigma": lambda z: 1 / (1 + mp.exp(-z)),
        "softplus": lambda z: mp.log1p(mp.exp(z)),
        "log1p": mp.log1p,
        "expm1": mp.expm1,
        # Off the jump, where `fast` is used, the derivative of a step is 0.
        "DiracDelta": lambda _: mp.mpf(0),
        "Heaviside": lambda x, at_0: mp.mpf(x > 0) if x else at_0,
    },
    "mpmath",
]

Evaluate: TypeAlias = Callable[
    [Mapping[sp.Symbol, sp.Rational]], sp.Expr
]


def fast(expr: sp.Expr) -> Evaluate:
    """A function of a point, by mpmath; not for points at a kink.

    There a rounding error of 1e-60 would choose the branch.
    """
    if expr.has(sp.zoo, sp.nan):
        return lambda _: sp.nan
    symbols = sorted(expr.free_symbols, key=sp.default_sort_key)
    function = sp.lambdify(symbols, expr, IN_MPMATH)

    def value(point: Mapping[sp.Symbol, sp.Rational]) -> sp.Expr:
        with mp.workdps(DIGITS):
            arguments = [
                mp.mpf(point[s].p) / point[s].q for s in symbols
            ]
            try:
                return sp.sympify(mp.mpmathify(function(*arguments)))
            except (ZeroDivisionError, ValueError):
                return sp.nan

    return value


def exact(
    expr: sp.Expr, point: Mapping[sp.Symbol, sp.Rational]
) -> sp.Expr:
    """The value where branches are decided by exact fractions."""
    inserted = expr.xreplace(dict(point))
    if inserted.has(sigma, softplus):
        inserted = inserted.rewrite(sp.exp)
    return sp.N(inserted.doit(), DIGITS)


def defined(value: sp.Expr) -> bool:
    """Whether a value is a finite real number."""
    return bool(value.is_number and value.is_finite and value.is_real)


def decimal(value: sp.Expr) -> str:
    """A value as a message shows it: short, without trailing zeros."""
    return f"{float(value):.6g}" if defined(value) else "undefined"


def differ(a: sp.Expr, b: sp.Expr, tolerance: sp.Float) -> bool:
    """Whether two values are further apart than rounding explains."""
    return bool(abs(a - b) > tolerance * (1 + abs(a) + abs(b)))


def show(point: Mapping[sp.Symbol, sp.Rational]) -> str:
    """A point as a message shows it: ``r = -1.5, delta = 0.25``."""
    return ", ".join(
        f"{name} = {decimal(value)}" for name, value in point.items()
    )
