"""A proof attempt may fail, but it must never prove what is false."""

import pytest
import sympy as sp
from sympy import (
    Abs,
    Heaviside,
    Max,
    Min,
    Piecewise,
    Sum,
    exp,
    log,
    sign,
)
from sympy.codegen.cfunctions import log1p

from lossbook.symbolic import sigma, softplus
from lossbook.symbolic.proof import proves_zero

r, s, y = sp.symbols("r s y", real=True)
delta = sp.Symbol("delta", positive=True)
i, k, n = sp.symbols("i k n", integer=True, positive=True)
X = sp.IndexedBase("x", real=True)
Y = sp.IndexedBase("y", real=True)
MEAN = Sum(Y[i], (i, 1, n)) / n
X = sp.IndexedBase("x", real=True)
MEAN = Sum(Y[k], (k, 1, n)) / n
huber_slope = Piecewise((r, Abs(r) <= delta), (delta * sign(r), True))

ZERO = [
    Abs(r) - Max(r, -r),
    r * sign(r) - Abs(r),
    huber_slope - Max(-delta, Min(delta, r)),
    Max(r, s) + Min(r, s) - r - s,
    Max(r, s) - (r + s + Abs(r - s)) / 2,
    Heaviside(r) - (1 + sign(r)) / 2,
    sigma(r) + sigma(-r) - 1,
    softplus(r) - softplus(-r) - r,
    log(exp(Abs(r)) * (1 + exp(-2 * Abs(r))))
    - Abs(r)
    - log1p(exp(-2 * Abs(r))),
    log(exp(r) * (1 + exp(-2 * r))) - r - log(1 + exp(-2 * r)),
    Abs(X[k] - Y[k]) - Max(X[k] - Y[k], Y[k] - X[k]),
    Sum(2 * Abs(r - Y[i]), (i, 1, n))
    - 2 * Sum(Abs(r - Y[i]), (i, 1, n)),
    # half the squared bias and half the variance
    Sum((r - Y[i]) ** 2, (i, 1, n)) / n
    - (r - MEAN) ** 2
    - Sum((Y[i] - MEAN) ** 2, (i, 1, n)) / n,
    Sum(log(delta) + Y[i], (i, 1, n))
    - n * log(delta)
    - Sum(Y[k], (k, 1, n)),
]
NOT_ZERO = [
    Abs(r) - r,
    sign(r) ** 2 - 1,  # wrong at 0 only
    huber_slope
    - Max(-delta, Min(delta, r))
    + Piecewise((1, sp.Eq(r, delta)), (0, True)),
    huber_slope - r,
    Max(r, s, y) - Max(r, s),
    Heaviside(r) - Heaviside(-r),
    sigma(r) - sigma(-r),
    # the transposed matrix
    Sum(Sum(X[i, k] * Y[k], (k, 1, n)), (i, 1, n))
    - Sum(Sum(X[k, i] * Y[k], (k, 1, n)), (i, 1, n)),
    Sum(Y[i] ** 2, (i, 1, n)) - Sum(Y[i], (i, 1, n)) ** 2,
    # right where all terms of the sums are on one side of their kinks
    Sum(Abs(r - Y[i]), (i, 1, n)) * Sum(sign(r - Y[i]), (i, 1, n))
    - n * Sum(r - Y[i], (i, 1, n)),
]


@pytest.mark.parametrize("expr", ZERO, ids=str)
def test_proves_what_is_zero(expr: sp.Expr) -> None:
    assert proves_zero(expr)


@pytest.mark.parametrize("expr", NOT_ZERO, ids=str)
def test_never_proves_what_is_not(expr: sp.Expr) -> None:
    assert not proves_zero(expr)
