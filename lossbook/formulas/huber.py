"""Huber: squared error near zero, absolute error beyond delta."""

from sympy import (
    Abs,
    Derivative,
    Interval,
    Max,
    Min,
    Piecewise,
    evaluate,
    oo,
    sign,
    symbols,
)

from lossbook.symbolic import Formula

L = symbols("L")
y, yhat, r = symbols("y yhat r", real=True)
delta = symbols("delta", positive=True)

with evaluate(False):  # print terms in the order we write them
    formula = Formula(
        Piecewise(
            (r**2 / 2, Abs(r) <= delta),
            (delta * (Abs(r) - delta / 2), True),
        ),
        by=yhat,
        smoothness="C1",
        where={r: yhat - y},
        parameters={delta: Interval.open(0, oo)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            Derivative(L, r) * Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            Piecewise((r, Abs(r) <= delta), (delta * sign(r), True)),
            r"branch by branch; $\partial r/\partial\hat y = 1$",
        )
        .step(
            Max(-delta, Min(delta, r)),
            r"both branches at once: $r$ clipped to $\pm\delta$",
        )
    )
