"""Quantile (pinball) loss: unequal prices above and below."""

from sympy import (
    Abs,
    Derivative,
    Interval,
    Piecewise,
    Rational,
    evaluate,
    sign,
    symbols,
)

from lossbook.symbolic import Derivation, Formula

L = symbols("L")
y, yhat, r = symbols("y yhat r", real=True)
tau = symbols("tau", positive=True)
half = Rational(1, 2)

with evaluate(False):  # print terms in the order we write them
    formula = Formula(
        Abs(r) / 2 + (half - tau) * r,
        by=yhat,
        smoothness="C0",
        where={r: yhat - y},
        parameters={tau: Interval.open(0, 1)},
    )
    one_line = Derivation(
        L,
        Piecewise((-tau * r, r < 0), ((1 - tau) * r, True)),
        context=formula.context,
    ).step(
        formula.loss,
        r"write $|r|$ for $-r$ on the left and $r$ on the right",
    )
    gradient = (
        formula.derive_gradient()
        .step(
            Derivative(L, r) * Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sign(r) / 2 + (half - tau),
            r"slope of $|r|$ is its sign; $\partial r/\partial\hat y = 1$",
        )
    )
