"""MSE: half the squared error of one sample."""

from sympy import Derivative, evaluate, symbols

from lossbook.symbolic import Formula

L = symbols("L")
y, yhat, r = symbols("y yhat r", real=True)

with evaluate(False):  # print terms in the order we write them
    formula = Formula(
        r**2 / 2, by=yhat, smoothness="smooth", where={r: yhat - y}
    )
    gradient = (
        formula.derive_gradient()
        .step(
            Derivative(L, r) * Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(r * Derivative(r, yhat), "the 2 cancels the ½")
        .step(r, r"$\partial r/\partial\hat y = 1$")
    )
