"""Focal loss of one logit; s = 1 for label 1, s = -1 for label 0."""

import sympy as sp

from lossbook.symbolic import Formula, sigma, softplus

L = sp.symbols("L")
s, z, p = sp.symbols("s z p", real=True)
gamma = sp.symbols("gamma", nonnegative=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        -((1 - p) ** gamma * sp.log(p)),
        by=z,
        smoothness="smooth",
        where={p: sigma(s * z)},
        parameters={gamma: sp.Interval(0, sp.oo)},
        domain={s: sp.FiniteSet(-1, 1), p: sp.Interval.open(0, 1)},
        stable=sigma(-s * z) ** gamma * softplus(-s * z),
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, p) * sp.Derivative(p, z),
            "chain rule through the probability",
        )
        .step(
            (1 - p) ** gamma
            * (gamma * sp.log(p) / (1 - p) - 1 / p)
            * sp.Derivative(p, z),
            r"product rule: $\gamma$ puts $p$ into the factor too",
        )
        .step(
            (1 - p) ** gamma
            * (gamma * sp.log(p) / (1 - p) - 1 / p)
            * (s * p * (1 - p)),
            r"$\sigma' = \sigma(1 - \sigma)$, and $s$ from inside",
        )
        .step(
            -s * (1 - p) ** gamma * (1 - p - gamma * p * sp.log(p)),
            r"multiply in $s\,p\,(1 - p)$, pull out $-s$",
        )
    )
    stable = formula.derive().step(
        formula.stable,
        r"$1 - \sigma(x) = \sigma(-x)$, and "
        r"$-\log\sigma(x) = \log(1 + e^{-x})$",
    )
