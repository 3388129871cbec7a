"""Quantile (pinball) loss: unequal prices above and below."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
tau = sp.symbols("tau", positive=True)
half = sp.Rational(1, 2)

S, m = sp.symbols("S m", real=True)
i, n = sp.symbols("i n", integer=True, positive=True)
ys = sp.IndexedBase("y", real=True)
ri = sp.IndexedBase("r", real=True)[i]
each = (i, 1, n)

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
    balance = (
        Derivation(
            sp.Derivative(S, m),
            sp.Derivative(
                sp.Sum(sp.Abs(ri) / 2 + (half - tau) * ri, each), m
            ),
            "sum over the batch",
            Context(
                where={ri: m - ys[i]},
                domain={tau: sp.Interval.open(0, 1)},
                sizes=({n: 2}, {n: 3}),
            ),
        )
        .step(
            sp.Sum(sp.sign(ri) / 2 + (half - tau), each),
            r"term by term; the slope of $|r_i|$ is its sign",
        )
        .step(
            sp.Sum(sp.Heaviside(ri) - tau, each),
            r"$(\operatorname{sign} + 1)/2$ is 1 for $y_i$ below $m$, "
            "0 above, ½ on it",
        )
        .step(
            sp.Sum(sp.Heaviside(ri), each) - n * tau,
            r"$\tau$ is the same for all",
        )
    )
