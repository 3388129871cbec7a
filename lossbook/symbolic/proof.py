"""Attempts at a proof that an expression is zero.

An attempt that fails says nothing: simplification is undecidable.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement

import sympy as sp
from sympy.codegen.cfunctions import log1p
from sympy.core.relational import Relational

from lossbook.symbolic.functions import sigma, softplus

# `simplify` can run for minutes on more operations than this. A limit in
# seconds would make the page depend on the machine that built it.
LARGEST_TO_SIMPLIFY = 60
MOST_BRANCHES = 8
BRANCHING = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, Relational)


def proves_zero(expr: sp.Expr) -> bool:
    """Whether SymPy can show that ``expr`` is 0 wherever it is defined."""
    expr = expr.replace(log1p, lambda x: sp.log(1 + x))
    if expr.has(sigma, softplus):
        expr = expr.rewrite(sp.exp)
    if len(expr.atoms(*BRANCHING)) > MOST_BRANCHES:
        return False
    return _zero_in_every_case(expr, [])


def _bound_indices(expr: sp.Expr) -> set[sp.Symbol]:
    return {
        index
        for s in expr.atoms(sp.Sum, sp.Product)
        for index in s.variables
    }


def _zero_in_every_case(expr: sp.Expr, positive: list[sp.Expr]) -> bool:
    """Split at each branch: left of it, on it, right of it.

    ``positive`` holds what is positive in the present case.
    """
    if _contradictory(positive):
        return True
    # The terms of a sum branch one by one: no case covers them all.
    bound = _bound_indices(expr)
    innermost = [
        a
        for a in expr.atoms(*BRANCHING)
        if bound.isdisjoint(a.free_symbols)
        and not any(b.has(*BRANCHING) for b in a.args)
    ]
    if not innermost:
        return _zero_without_branches(expr)
    atom = min(innermost, key=sp.default_sort_key)
    border = _border(atom)
    variable = _solvable_for(border)
    if variable is None:
        return False
    on_border = {
        variable: -border.coeff(variable, 0) / border.coeff(variable)
    }
    return (
        _zero_in_every_case(
            expr.subs(on_border), [p.subs(on_border) for p in positive]
        )
        and _zero_in_every_case(
            _decided(expr, atom, 1), [*positive, border]
        )
        and _zero_in_every_case(
            _decided(expr, atom, -1), [*positive, -border]
        )
    )


def _contradictory(positive: list[sp.Expr]) -> bool:
    """Whether two positive expressions add up to nothing positive."""
    pairs = combinations_with_replacement(positive, 2)
    return any(sp.expand(a + b).is_nonpositive for a, b in pairs)


def _border(atom: sp.Expr) -> sp.Expr:
    """What vanishes where the function changes its branch."""
    border = atom.args[0]
    if isinstance(atom, sp.Max | sp.Min | Relational):
        border -= atom.args[1]
    # 2r and r are the same border.
    return sp.expand(border).primitive()[1]


def _solvable_for(border: sp.Expr) -> sp.Symbol | None:
    linear = [
        s
        for s in border.free_symbols
        if border.is_polynomial(s)
        and sp.degree(border, s) == 1
        and border.coeff(s).is_number
    ]
    # Keep a positive parameter: its sign rules cases out.
    return min(
        linear,
        key=lambda s: (bool(s.is_positive), sp.default_sort_key(s)),
        default=None,
    )


def _decided(expr: sp.Expr, atom: sp.Expr, side: int) -> sp.Expr:
    """Replace a branching function by its branch on one side of the border."""
    first, *others = atom.args
    if isinstance(atom, sp.Abs):
        branch = side * first
    elif isinstance(atom, sp.sign):
        branch = sp.Integer(side)
    elif isinstance(atom, sp.Heaviside):
        branch = sp.Integer((1 + side) // 2)
    elif isinstance(atom, Relational):
        branch = atom.func(side, 0)
    else:
        second, *rest = others
        keeps_first = (side > 0) == isinstance(atom, sp.Max)
        branch = atom.func(first if keeps_first else second, *rest)
    return expr.xreplace({atom: branch}).doit()


def _split_sums(expr: sp.Expr) -> sp.Expr:
    """Every sum term by term; what is the same in all terms goes before it."""

    def split(whole: sp.Sum) -> sp.Expr:
        ((index, first, last),) = whole.limits
        parts = []
        for term in sp.Add.make_args(sp.expand(whole.function)):
            factor, rest = term.as_independent(index)
            # One name for all indices, unless an inner sum has it already.
            name = index if rest.has(sp.Sum) else _INDEX
            limits = (name, first, last)
            parts.append(
                factor * sp.Sum(rest.subs(index, name), limits).doit()
            )
        return sp.Add(*parts)

    return sp.expand(
        sp.expand(expr).replace(
            lambda e: isinstance(e, sp.Sum) and len(e.limits) == 1,
            split,
        )
    )


_INDEX = sp.Dummy("i", integer=True, positive=True)

_STRATEGIES: list[Callable[[sp.Expr], sp.Expr]] = [
    sp.expand,
    sp.together,
    lambda e: sp.expand(sp.expand_log(e)),
    sp.cancel,
    _split_sums,
]


def _zero_without_branches(expr: sp.Expr) -> bool:
    if expr == 0:
        return True
    for strategy in _STRATEGIES:
        try:
            if strategy(expr) == 0:
                return True
        except sp.PolynomialError:
            continue
    if expr.has(sp.Sum) or expr.count_ops() > LARGEST_TO_SIMPLIFY:
        return False  # on some sums SymPy 1.14 raises StopIteration
    return bool(sp.simplify(expr) == 0)
