"""From an expression as written to one that can be evaluated.

A chapter writes ``Derivative(L, w)`` where ``L`` mentions only an
abbreviation such as ``yhat = sigma(z)``. SymPy would answer 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import sympy as sp

from lossbook.symbolic.errors import CheckError

Where: TypeAlias = Mapping[sp.Expr, sp.Expr]
Differentiate: TypeAlias = Callable[[sp.Expr, sp.Expr], sp.Expr]


def evaluated(expr: sp.Expr) -> sp.Expr:
    """Rebuild an expression written under ``evaluate(False)``."""
    if not expr.args:
        return expr
    return expr.func(*map(evaluated, expr.args))


def unfold(
    expr: sp.Expr, where: Where, differentiate: Differentiate
) -> sp.Expr:
    """Expand every abbreviation and carry out every derivative.

    In ``Derivative(f, v)`` all abbreviations but ``v`` are expanded
    before differentiating, and ``v`` itself after it.
    """
    if isinstance(expr, sp.Derivative):
        result = expr.expr
        for variable, order in expr.variable_count:
            result = unfold(
                result, without(where, variable), differentiate
            )
            for _ in range(order):
                result = differentiate(result, variable)
        return unfold(result, where, differentiate)
    if expr in where:
        return unfold(where[expr], where, differentiate)
    if isinstance(expr, sp.Indexed) and expr.base in where:
        meaning = where[expr.base](*expr.indices)
        return unfold(meaning, where, differentiate)
    if not expr.args:
        return expr
    return expr.func(
        *(unfold(a, where, differentiate) for a in expr.args)
    )


def without(where: Where, variable: sp.Expr) -> Where:
    """The abbreviations less that of a variable, or of its base."""
    kept = {variable}
    if isinstance(variable, sp.Indexed):
        kept.add(variable.base)
    return {a: b for a, b in where.items() if a not in kept}


def total_derivative(
    expr: sp.Expr, variable: sp.Expr, where: Where
) -> sp.Expr:
    """The chain rule through the abbreviations, which stay folded."""
    if expr == variable:
        return sp.S.One
    result = sp.diff(expr, variable)
    for name, meaning in where.items():
        if name != variable and expr.has(name):
            inner = total_derivative(meaning, variable, where)
            result += sp.diff(expr, name) * inner
    return result


def differentiate(expr: sp.Expr, variable: sp.Expr) -> sp.Expr:
    """SymPy's derivative, kept away from its silent wrong answers."""
    require_differentiable(expr, variable)
    return sp.diff(expr, variable)


def require_differentiable(expr: sp.Expr, variable: sp.Expr) -> None:
    """Refuse what SymPy would differentiate to a wrong 0 without a word.

    Raises:
        CheckError: ``variable`` is not a symbol or an indexed symbol,
            or shares its index with a sum inside ``expr``.
    """
    if not isinstance(variable, sp.Symbol | sp.Indexed):
        raise CheckError(
            f"cannot differentiate by {variable}: not a symbol"
        )
    bound = {
        index
        for s in expr.atoms(sp.Sum, sp.Product)
        for index in s.variables
    }
    if clash := bound & variable.free_symbols:
        raise CheckError(
            f"index clash: {clash.pop()} is summed over and is also the index "
            f"of {variable}; rename one of them"
        )


def loose_indices(expr: sp.Expr) -> set[sp.Symbol]:
    """The indices in ``expr`` that no sum inside it runs over."""
    used = {
        s
        for element in expr.atoms(sp.Indexed)
        for index in element.indices
        for s in index.free_symbols
    }
    free: set[sp.Symbol] = expr.free_symbols
    return used & free


def written_out(
    expr: sp.Expr, size: Mapping[sp.Symbol, int]
) -> sp.Expr:
    """Every sum term by term, once its limits are put in."""
    return expr.subs(size).doit()


def concrete(expr: sp.Expr, size: Mapping[sp.Symbol, int]) -> sp.Expr:
    """Write sums out, and turn ``z[1]`` into a symbol."""
    expanded = written_out(expr, size)
    elements = {
        element: _as_symbol(element)
        for element in expanded.atoms(sp.Indexed)
    }
    return expanded.xreplace(elements).doit()


def _as_symbol(element: sp.Indexed) -> sp.Symbol:
    if not all(index.is_Integer for index in element.indices):
        raise CheckError(
            f"{element}: give its index a value in `sizes`"
        )
    name = f"{element.base}_{'_'.join(map(str, element.indices))}"
    return sp.Symbol(name, **element.base.label.assumptions0)
