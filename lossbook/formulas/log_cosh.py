"""Log-cosh: like Huber, but smooth everywhere."""

import sympy as sp
from sympy.codegen.cfunctions import log1p

from lossbook.symbolic import Derivation, Formula

L = sp.symbols("L")
y, yhat, r = sp.symbols("y yhat r", real=True)

size = sp.Abs(r)

with sp.evaluate(False):  # print terms in the order we write them
    formula = Formula(
        sp.log(sp.cosh(r)),
        by=yhat,
        smoothness="smooth",
        where={r: yhat - y},
        stable=size + log1p(sp.exp(-2 * size)) - sp.log(2),
    )
    gradient = (
        formula.derive_gradient()
        .step(
            sp.Derivative(L, r) * sp.Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sp.sinh(r) / sp.cosh(r),
            r"$(\log u)' = u'/u$ and $\cosh' = \sinh$",
        )
        .step(sp.tanh(r), "definition of tanh")
    )
    stable = (
        Derivation(L, formula.loss, context=formula.context)
        .step(
            sp.log((sp.exp(size) + sp.exp(-size)) / 2),
            r"$\cosh$ is even, so $|r|$ will do",
        )
        .step(
            sp.log(sp.exp(size) * (1 + sp.exp(-2 * size)) / 2),
            r"pull out the large term $e^{|r|}$",
        )
        .step(
            formula.stable,
            "log of a product; no exponent is positive now",
        )
    )
