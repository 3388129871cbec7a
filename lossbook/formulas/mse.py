"""MSE: half the squared error of one sample."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)
v = sp.symbols("v", positive=True)
i, n = sp.symbols("i n", integer=True, positive=True)
rs = sp.IndexedBase("r", real=True)

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
    square = rs[i] ** 2 / (2 * v)
    density = sp.exp(-square) / sp.sqrt(2 * sp.pi * v)
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
            sp.Sum(square + sp.log(2 * sp.pi * v) / 2, (i, 1, n)),
            "log undoes exp; a root is half a log",
        )
        .step(
            sp.Sum(rs[i] ** 2, (i, 1, n)) / (2 * v)
            + n * sp.log(2 * sp.pi * v) / 2,
            "$v$ is the same for all",
        )
    )
