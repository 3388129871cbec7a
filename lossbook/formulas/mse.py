"""MSE: half the squared error of one sample."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        r**2 / 2, by=yhat, smoothness="smooth", where={r: yhat - y}
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, r) * sp.Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(r * sp.Derivative(r, yhat), "the 2 cancels the ½")
        .step(r, r"$\partial r/\partial\hat y = 1$")
    )
