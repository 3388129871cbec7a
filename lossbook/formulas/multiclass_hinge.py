"""Weston and Watkins' hinge: three classes, the first is the label."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
z1, z2, z3 = sp.symbols("z_1:4", real=True)
m2, m3 = sp.symbols("m_2:4", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Max(0, 1 - m2) + sp.Max(0, 1 - m3),
        by=z1,
        smoothness="C0",
        where={m2: z1 - z2, m3: z1 - z3},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, m2) + sp.Derivative(L, m3),
            "both margins grow as fast as $z_1$",
        )
        .step(
            -(1 + sp.sign(1 - m2)) / 2 - (1 + sp.sign(1 - m3)) / 2,
            "each as in the binary hinge",
        )
    )
