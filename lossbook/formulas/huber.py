"""Huber: squared error near zero, absolute error beyond delta."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
delta = sp.symbols("delta", positive=True)
f, s = sp.symbols("f s", real=True)  # the parabola and the kink
size = sp.Abs(r)

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
    tail = (
        Derivation(
            L,
            f + sp.Derivative(f, s) * (size - s),
            "value at $s$ plus slope times the rest of the way",
            Context(where={f: s**2 / 2, s: delta}),
        )
        .step(s**2 / 2 + s * (size - s), "$f = s^2/2$ has slope $s$")
        .step(
            delta**2 / 2 + delta * (size - delta),
            r"the pieces meet at $s = \delta$",
        )
        .step(
            delta * size - delta**2 / 2,
            r"$\delta^2/2 - \delta^2 = -\delta^2/2$",
        )
        .step(delta * (size - delta / 2), r"factor out $\delta$")
    )
