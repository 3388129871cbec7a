"""Softmax cross-entropy of one row of logits, for any K."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
i, j, k, m, K = sp.symbols("i j k m K", integer=True, positive=True)
delta = sp.KroneckerDelta(k, m)
z = sp.IndexedBase("z", real=True)
p = sp.IndexedBase("p", positive=True)
y = sp.IndexedBase("y", positive=True)
w = sp.IndexedBase("w", positive=True)
u = sp.IndexedBase("u", real=True)
mean = sp.Symbol("ubar", real=True)

with sp.evaluate(False):  # print terms in the order we write them
    exps = sp.Sum(sp.exp(z[j]), (j, 1, K))
    formula = Formula(
        -sp.Sum(y[i] * sp.log(p[i]), (i, 1, K)),
        by=z[k],
        smoothness="smooth",
        where={
            p: sp.Lambda(i, sp.exp(z[i]) / exps),
            # any w > 0, divided by its sum: the y sum to 1
            y: sp.Lambda(i, w[i] / sp.Sum(w[j], (j, 1, K))),
        },
        sizes=[{K: 2, k: 1}, {K: 3, k: 2}, {K: 4, k: 4}],
    )
    simplified = (
        formula.derive()
        .step(
            -sp.Sum(y[i] * (z[i] - sp.log(exps)), (i, 1, K)),
            "the log of a quotient; log undoes exp",
        )
        .step(
            sp.log(exps) * sp.Sum(y[i], (i, 1, K))
            - sp.Sum(y[i] * z[i], (i, 1, K)),
            r"$\log\sum$ is the same in every term",
        )
        .step(
            sp.log(exps) - sp.Sum(y[i] * z[i], (i, 1, K)),
            "the targets sum to 1",
        )
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(simplified.result, z[k]),
            "simplified above",
        )
        .step(
            sp.exp(z[k]) / exps - y[k],
            r"only the $k$-th terms contain $z_k$",
        )
        .step(p[k] - y[k], "that quotient is the softmax")
    )
    over_k, over_m = (k, 1, K), (m, 1, K)
    by_both = u[k] * (delta * p[k] - p[k] * p[m]) * u[m]
    mean_square = sp.Sum(p[k] * u[k] ** 2, over_k)
    convexity = (
        Derivation(
            sp.Symbol(r"u^{\top} H u"),
            sp.Sum(sp.Sum(by_both, over_m), over_k),
            context=Context(
                where={
                    p: formula.where[p],
                    mean: sp.Sum(p[k] * u[k], over_k),
                },
                sizes=[{K: 2}, {K: 3}, {K: 4}],
            ),
        )
        .step(
            mean_square
            - sp.Sum(p[k] * u[k], over_k) * sp.Sum(p[m] * u[m], over_m),
            r"$\delta_{km}$ keeps $m = k$; the rest is a product",
        )
        .step(
            mean_square - mean**2,
            r"both sums are the mean $\bar u$ of $u$ under $p$",
        )
        .step(
            sp.Sum(p[k] * (u[k] - mean) ** 2, over_k),
            "mean square minus squared mean: the variance",
        )
    )
