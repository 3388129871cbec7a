"""MAE: the absolute error of one sample."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
b = sp.symbols("b", positive=True)
i, n = sp.symbols("i n", integer=True, positive=True)
rs = sp.IndexedBase("r", real=True)

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
    density = sp.exp(-sp.Abs(rs[i]) / b) / (2 * b)
    likelihood = (
        Derivation(
            -sp.log(sp.Symbol("p")),
            -sp.log(sp.Product(density, (i, 1, n))),
            "independent samples",
            context=Context(sizes=[{n: 2}, {n: 3}]),
        )
        .step(
            -sp.Sum(sp.log(density), (i, 1, n)),
            "the log of a product is a sum",
        )
        .step(
            sp.Sum(sp.Abs(rs[i]) / b + sp.log(2 * b), (i, 1, n)),
            "log undoes exp",
        )
        .step(
            sp.Sum(sp.Abs(rs[i]), (i, 1, n)) / b + n * sp.log(2 * b),
            "$b$ is the same for all",
        )
    )
