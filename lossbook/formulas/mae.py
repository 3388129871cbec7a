"""MAE: the absolute error of one sample."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.Abs(r), by=yhat, smoothness="C0", where={r: yhat - y}
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, r) * sp.Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sp.sign(r) * sp.Derivative(r, yhat),
            r"slope $+1$ right of zero, $-1$ left of it",
        )
        .step(sp.sign(r), r"$\partial r/\partial\hat y = 1$")
    )
