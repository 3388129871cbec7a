"""Weston and Watkins' hinge: three classes, the first is the label."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
z1, z2, z3 = sp.symbols("z_1:4", real=True)
e2, e3 = sp.symbols("e_2:4", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Max(0, e2) + sp.Max(0, e3),
        by=z1,
        smoothness="C0",
        where={e2: 1 + z2 - z1, e3: 1 + z3 - z1},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            -sp.Derivative(L, e2) - sp.Derivative(L, e3),
            "each excess falls as fast as $z_1$ grows",
        )
        .step(
            -(1 + sp.sign(e2)) / 2 - (1 + sp.sign(e3)) / 2,
            "slope $1$ above $0$, $0$ below, their mean at $0$",
        )
    )
