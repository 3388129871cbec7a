"""KL divergence of target probabilities from a softmax, for any K."""

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
    entropy = -sp.Sum(y[i] * sp.log(y[i]), (i, 1, K))
    cross_entropy = -sp.Sum(y[i] * sp.log(p[i]), (i, 1, K))
    formula = Formula(
        sp.Sum(y[i] * sp.log(y[i] / p[i]), (i, 1, K)),
        by=z[k],
        smoothness="smooth",
        where={
            p: sp.Lambda(i, sp.exp(z[i]) / exps),
            # any w > 0, divided by its sum: the y sum to 1
            y: sp.Lambda(i, w[i] / sp.Sum(w[j], (j, 1, K))),
        },
        sizes=[{K: 2, k: 1}, {K: 3, k: 2}, {K: 4, k: 4}],
    )
    split = formula.derive().step(
        cross_entropy - entropy,
        "the log of a quotient: cross-entropy minus entropy",
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(cross_entropy, z[k]),
            "the entropy of the target does not contain $z_k$",
        )
        .step(p[k] - y[k], "as for cross-entropy")
    )
