"""Squared hinge: the hinge without its kink."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, z, m = sp.symbols("y z m", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Max(0, 1 - m) ** 2,
        by=z,
        smoothness="C1",
        where={m: y * z},
        domain={y: sp.FiniteSet(-1, 1)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, m) * sp.Derivative(m, z),
            "chain rule through the margin",
        )
        .step(
            -2 * sp.Max(0, 1 - m) * sp.Derivative(m, z),
            "beyond the margin the square is 0, and so is its slope",
        )
        .step(-2 * y * sp.Max(0, 1 - m), "$m = yz$")
    )
