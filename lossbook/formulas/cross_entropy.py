"""Softmax cross-entropy of one row of logits, for any K."""

import sympy as sp

from lossbook.symbolic import Formula

L = sp.symbols("L")
i, j, k, K = sp.symbols("i j k K", integer=True, positive=True)
z = sp.IndexedBase("z", real=True)
p = sp.IndexedBase("p", positive=True)
y = sp.IndexedBase("y", positive=True)
w = sp.IndexedBase("w", positive=True)

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
