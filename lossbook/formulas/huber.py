"""Huber: squared error near zero, absolute error beyond delta."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
delta = sp.symbols("delta", positive=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Piecewise(
            (r**2 / 2, sp.Abs(r) <= delta),
            (delta * (sp.Abs(r) - delta / 2), True),
        ),
        by=yhat,
        smoothness="C1",
        where={r: yhat - y},
        parameters={delta: sp.Interval.open(0, sp.oo)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, r) * sp.Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sp.Piecewise(
                (r, sp.Abs(r) <= delta), (delta * sp.sign(r), True)
            ),
            r"branch by branch; $\partial r/\partial\hat y = 1$",
        )
        .step(
            sp.Max(-delta, sp.Min(delta, r)),
            r"both branches at once: $r$ clipped to $\pm\delta$",
        )
    )
