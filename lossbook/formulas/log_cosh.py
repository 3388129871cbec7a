"""Log-cosh: Huber without corners."""

from sympy import (
    Abs,
    Derivative,
    cosh,
    evaluate,
    exp,
    log,
    sinh,
    symbols,
    tanh,
)
from sympy.codegen.cfunctions import log1p

from lossbook.symbolic import Derivation, Formula

L = symbols("L")
y, yhat, r = symbols("y yhat r", real=True)

with evaluate(False):  # print terms in the order we write them
    formula = Formula(
        log(cosh(r)),
        by=yhat,
        smoothness="smooth",
        where={r: yhat - y},
        stable=Abs(r) + log1p(exp(-2 * Abs(r))) - log(2),
    )
    gradient = (
        formula.derive_gradient()
        .step(
            Derivative(L, r) * Derivative(r, yhat),
            "chain rule through the residual",
        )
        .step(
            sinh(r) / cosh(r),
            r"$(\log u)' = u'/u$ and $\cosh' = \sinh$",
        )
        .step(tanh(r), "definition of tanh")
    )
    stable = (
        Derivation(L, formula.loss, context=formula.context)
        .step(
            log((exp(Abs(r)) + exp(-Abs(r))) / 2),
            r"$\cosh$ is even, so $|r|$ will do",
        )
        .step(
            log(exp(Abs(r)) * (1 + exp(-2 * Abs(r))) / 2),
            r"pull out the large term $e^{|r|}$",
        )
        .step(
            Abs(r) + log1p(exp(-2 * Abs(r))) - log(2),
            "log of a product; no exponent is positive now",
        )
    )
