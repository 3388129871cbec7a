"""Hinge: no cost once the margin is 1."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, z, m = sp.symbols("y z m", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Max(0, 1 - m),
        by=z,
        smoothness="C0",
        where={m: y * z},
        domain={y: sp.FiniteSet(-1, 1)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, m) * sp.Derivative(m, z),
            "chain rule through the margin",
        )
        .step(sp.Derivative(L, m) * y, "$m = yz$")
        .step(
            -y * (1 + sp.sign(1 - m)) / 2,
            "slope $-1$ before the kink, $0$ beyond, their mean on it",
        )
    )
