"""Quantile (pinball) loss: unequal prices above and below."""

import sympy as sp

from lossbook.symbolic import Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
tau = sp.symbols("tau", positive=True)
half = sp.Rational(1, 2)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Abs(r) / 2 + (half - tau) * r,
        by=yhat,
        smoothness="C0",
        where={r: yhat - y},
        parameters={tau: sp.Interval.open(0, 1)},
    )
    one_line = Derivation(
        L,
        sp.Piecewise((-tau * r, r < 0), ((1 - tau) * r, True)),
        context=formula.context,
    ).step(
        formula.loss,
        r"write $|r|$ for $-r$ on the left and $r$ on the right",
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, r) * sp.Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sp.sign(r) / 2 + (half - tau),
            r"the slope of $|r|$ is its sign, that of $r$ is 1",
        )
    )
