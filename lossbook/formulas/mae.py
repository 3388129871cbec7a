"""MAE: the absolute error of one sample."""

from sympy import Abs, Derivative, evaluate, sign, symbols

from lossbook.symbolic import Formula

L = symbols("L")
y, yhat, r = symbols("y yhat r", real=True)

with evaluate(False):  # print terms in the order we write them
    formula = Formula(
        Abs(r), by=yhat, smoothness="C0", where={r: yhat - y}
    )
    gradient = (
        formula.derive_gradient()
        .step(
            Derivative(L, r) * Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sign(r) * Derivative(r, yhat),
            r"slope $+1$ right of zero, $-1$ left of it",
        )
        .step(sign(r), r"$\partial r/\partial\hat y = 1$")
    )
