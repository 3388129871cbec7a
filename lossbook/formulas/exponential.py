"""Exponential loss: what AdaBoost minimises."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, z, m = sp.symbols("y z m", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.exp(-m),
        by=z,
        smoothness="smooth",
        where={m: y * z},
        domain={y: sp.FiniteSet(-1, 1)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            -sp.exp(-m) * sp.Derivative(m, z),
            "chain rule through the margin",
        )
        .step(-y * sp.exp(-m), "$m = yz$")
    )
