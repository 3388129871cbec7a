"""Small wrong changes to an expression, of the kind that hands make."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy.core.relational import Relational

_CONFUSED = {
    sp.sinh: sp.cosh,
    sp.cosh: sp.sinh,
    sp.tanh: sp.sinh,
    sp.log: sp.exp,
    sp.exp: sp.log,
    sp.Max: sp.Min,
    sp.Min: sp.Max,
    sp.sign: sp.Abs,
    sp.Abs: sp.sign,
}
_OTHER_STRICTNESS = {
    sp.StrictLessThan: sp.LessThan,
    sp.LessThan: sp.StrictLessThan,
    sp.StrictGreaterThan: sp.GreaterThan,
    sp.GreaterThan: sp.StrictGreaterThan,
}


def mutants(expr: sp.Expr) -> Iterator[sp.Expr]:
    """Every expression that differs from ``expr`` by one small slip."""
    seen = {expr}
    for path, node in _walk(expr, ()):
        for slip in _slips(node):
            mutant = _replaced(expr, path, slip)
            if mutant not in seen:
                seen.add(mutant)
                yield mutant


def _slips(node: sp.Basic) -> Iterator[sp.Basic]:
    if isinstance(node, sp.Add):
        for i, term in enumerate(node.args):
            others = node.args[:i] + node.args[i + 1 :]
            yield sp.Add(*others)  # a dropped term
            yield sp.Add(*others, -term)  # a flipped sign
    elif isinstance(node, sp.Mul):
        yield -node
        yield 2 * node
        for i in range(len(node.args)):  # a dropped factor
            yield sp.Mul(*node.args[:i], *node.args[i + 1 :])
    elif isinstance(node, sp.Pow):
        yield sp.Pow(node.base, node.exp + 1)
    elif isinstance(node, sp.Piecewise):
        values = [value for value, _ in node.args]
        turned = values[1:] + values[:1]  # swapped branches
        conditions = [condition for _, condition in node.args]
        yield sp.Piecewise(*zip(turned, conditions, strict=True))
    elif isinstance(node, sp.Sum):
        index, first, last = node.limits[0]
        yield sp.Sum(node.function, (index, first, last - 1))
        yield sp.Sum(node.function, (index, first + 1, last))
    elif (
        isinstance(node, Relational) and node.func in _OTHER_STRICTNESS
    ):
        yield _OTHER_STRICTNESS[node.func](*node.args)
        yield node.func(node.lhs, 2 * node.rhs + 1)  # a moved border
    elif node.func in _CONFUSED:
        yield _CONFUSED[node.func](*node.args)
    elif isinstance(node, sp.Rational) and node.q != 1:
        yield 1 / node
    elif isinstance(node, sp.Symbol | sp.Indexed):
        yield -node


def _walk(
    node: sp.Basic, path: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], sp.Basic]]:
    yield path, node
    if isinstance(node, sp.Derivative | sp.Indexed):
        return
    # The limits of a sum are no place for a slip in an expression.
    arguments = node.args[:1] if isinstance(node, sp.Sum) else node.args
    for i, argument in enumerate(arguments):
        yield from _walk(argument, (*path, i))


def _replaced(
    expr: sp.Basic, path: tuple[int, ...], by: sp.Basic
) -> sp.Basic:
    if not path:
        return by
    arguments = list(expr.args)
    arguments[path[0]] = _replaced(arguments[path[0]], path[1:], by)
    return expr.func(*arguments)
