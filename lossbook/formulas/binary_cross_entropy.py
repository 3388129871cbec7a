"""Binary cross-entropy of one logit."""

import sympy as sp
from sympy.codegen.cfunctions import log1p

from lossbook.symbolic import Formula, sigma, softplus

L = sp.symbols("L")
z, y, p = sp.symbols("z y p", real=True)
size = sp.Abs(z)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        -(y * sp.log(p) + (1 - y) * sp.log(1 - p)),
        by=z,
        smoothness="smooth",
        where={p: sigma(z)},
        domain={y: sp.Interval(0, 1), p: sp.Interval.open(0, 1)},
        stable=y * softplus(-z) + (1 - y) * softplus(z),
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, p) * sp.Derivative(p, z),
            "chain rule through the probability",
        )
        .step(
            (-y / p + (1 - y) / (1 - p)) * sp.Derivative(p, z),
            "derivative of each log",
        )
        .step(
            (-y / p + (1 - y) / (1 - p)) * (p * (1 - p)),
            r"$\sigma' = \sigma(1 - \sigma)$",
        )
        .step(
            -y * (1 - p) + (1 - y) * p,
            "the factors cancel the denominators",
        )
        .step(p - y, "multiply out; $yp$ cancels")
    )
    stable = (
        formula.derive()
        .step(
            formula.stable,
            r"$-\log\sigma(z) = \log(1 + e^{-z})$, and "
            r"$1 - \sigma(z) = \sigma(-z)$",
        )
        .step(
            softplus(z) - y * z,
            r"$\operatorname{softplus}(-z) ="
            r" \operatorname{softplus}(z) - z$",
        )
        .step(
            sp.Max(z, 0) - y * z + log1p(sp.exp(-size)),
            "pull out the larger of $1$ and $e^z$",
        )
    )
