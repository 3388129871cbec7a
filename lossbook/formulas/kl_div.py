"""KL divergence of target probabilities from a softmax, for any K."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
T = sp.symbols("T", positive=True)
i, j, k, K = sp.symbols("i j k K", integer=True, positive=True)
z = sp.IndexedBase("z", real=True)
v = sp.IndexedBase("v", real=True)
p = sp.IndexedBase("p", positive=True)
y = sp.IndexedBase("y", positive=True)
w = sp.IndexedBase("w", positive=True)


def softened(logits: sp.IndexedBase) -> sp.Lambda:
    exps = sp.Sum(sp.exp(logits[j] / T), (j, 1, K))
    return sp.Lambda(i, sp.exp(logits[i] / T) / exps)


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
    distillation_gradient = (
        Derivation(
            sp.Derivative(L, z[k]),
            sp.Derivative(T**2 * formula.loss, z[k]),
            context=Context(
                where={p: softened(z), y: softened(v)},
                sizes=[{K: 3, k: 2}],
            ),
        )
        .step(
            T**2 * sp.Derivative(cross_entropy, z[k]),
            "the entropy of the teacher does not contain $z_k$",
        )
        .step(
            T**2 * ((p[k] - y[k]) / T),
            "softmax minus target, and $1/T$ from the chain rule",
        )
        .step(T * (p[k] - y[k]), r"$T^2 / T = T$")
    )
