"""Exponential loss: what AdaBoost minimises."""

import sympy as sp

from lossbook.symbolic import Context, Derivation, Formula

L = sp.symbols("L")
y, z, m = sp.symbols("y z m", real=True)
e_new = sp.symbols("epsilon_new")
a = sp.symbols("alpha", real=True)
e = sp.symbols("epsilon", positive=True)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.exp(-m),
        by=z,
        smoothness="smooth",
        where={m: y * z},
        domain={y: sp.FiniteSet(-1, 1)},
    )
    gradient = (
        formula.derive_gradient()
        .step(
            -sp.exp(-m) * sp.Derivative(m, z),
            "chain rule through the margin",
        )
        .step(-y * sp.exp(-m), "$m = yz$")
    )
    error_after = (
        Derivation(
            e_new,
            e * sp.exp(a) / ((1 - e) * sp.exp(-a) + e * sp.exp(a)),
            "wrong weight over all weight",
            Context(
                where={a: sp.log((1 - e) / e) / 2},
                domain={e: sp.Interval.open(0, 1)},
            ),
        )
        .step(
            e * sp.exp(2 * a) / ((1 - e) + e * sp.exp(2 * a)),
            r"times $e^\alpha$, above and below",
        )
        .step(
            (1 - e) / ((1 - e) + (1 - e)),
            r"$e^{2\alpha} = (1 - \epsilon)/\epsilon$",
        )
        .step(sp.Rational(1, 2), r"$\epsilon$ cancels")
    )
