"""Does one line follow from another? Refute first, then try to prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, TypeAlias

import sympy as sp

from lossbook.symbolic import precise
from lossbook.symbolic.errors import CheckError
from lossbook.symbolic.points import (
    INTERIOR_POINTS,
    Domain,
    Sample,
    samples,
)
from lossbook.symbolic.proof import proves_zero
from lossbook.symbolic.slope import check_slope
from lossbook.symbolic.unfold import (
    Where,
    concrete,
    differentiate,
    evaluated,
    loose_indices,
    require_differentiable,
    unfold,
    without,
    written_out,
)

TOLERANCE = sp.Float("1e-30", precise.DIGITS)

Size: TypeAlias = Mapping[sp.Symbol, int]


@dataclass(frozen=True)
class Context:
    """What the symbols of a derivation stand for.

    Attributes:
        where: Abbreviations: symbol to its meaning; for p[k] the base
            p, and its meaning as a ``Lambda`` of the index.
        domain: Symbol to the set of its values, where its
            assumptions (``real``, ``positive``) do not say it.
        sizes: Values for symbolic sizes and free indices; at least
            two sets of them where a sum has ``n`` terms, since n = 1
            hides a dropped 1/n.
    """

    where: Where = field(default_factory=dict)
    domain: Domain = field(default_factory=dict)
    sizes: Sequence[Size] = ({},)


@dataclass(frozen=True)
class Check:
    """How a line was checked, and at how many points."""

    how: Literal["given", "proved", "numeric"]
    points: int = 0
    kinks: int = 0

    def __str__(self) -> str:
        """The mark that stands beside the line."""
        if self.how != "numeric":
            return {"given": "given", "proved": "✓ proved"}[self.how]
        kinks = f", {_count(self.kinks, 'kink')}" if self.kinks else ""
        return f"≈ equal at {_count(self.points, 'point')}{kinks}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check_equal(
    left: sp.Expr,
    right: sp.Expr,
    context: Context,
    *,
    at_kinks: bool = True,
) -> Check:
    """Compare two expressions over their domain and around their kinks.

    Raises:
        CheckError: They differ (the message has the point and both
            values), or there is nothing to compare.
    """
    used: list[Sample] = []
    for size in context.sizes:
        a = _resolve(left, context.where, size)
        b = _resolve(right, context.where, size)
        used += _compare(a, b, context.domain, at_kinks)
    crossed = sum(sample.place == "at kink" for sample in used)
    how: Literal["proved", "numeric"] = (
        "proved" if _proved(left, right, context) else "numeric"
    )
    return Check(how, len(used), crossed)


def check_derivatives(expr: sp.Expr, context: Context) -> None:
    """Hold every ``Derivative`` in ``expr`` against a difference quotient.

    Raises:
        CheckError: SymPy's derivative is not the slope, or there is
            none because the function jumps.
    """
    for node in evaluated(expr).atoms(sp.Derivative):
        *before, variable = node.variables
        inner = (
            sp.Derivative(node.expr, *before) if before else node.expr
        )
        others = without(context.where, variable)
        # Under a sum the index runs; its first term stands for all.
        first = dict.fromkeys(loose_indices(node), 1)
        for given in context.sizes:
            size = {**first, **given}
            function = _resolve(inner, others, size)
            by = concrete(variable, size)
            check_slope(
                function,
                by,
                differentiate(function, by),
                context.domain,
            )


def _resolve(expr: sp.Expr, where: Where, size: Size) -> sp.Expr:
    """Unfold with every derivative taken of a concrete expression.

    Sums are written out first: SymPy's own derivative of a symbolic
    sum is then not needed, and can be tested against this one.
    """

    def of_concrete(function: sp.Expr, variable: sp.Expr) -> sp.Expr:
        require_differentiable(function, variable)
        if loose_indices(function) - set(size):
            # One term under its sum: there is nothing to write out.
            return sp.diff(function, variable)
        return sp.diff(written_out(function, size), variable.subs(size))

    return concrete(unfold(evaluated(expr), where, of_concrete), size)


def _compare(
    a: sp.Expr, b: sp.Expr, domain: Domain, at_kinks: bool
) -> list[Sample]:
    a_at, b_at = precise.fast(a), precise.fast(b)
    used = []
    for sample in samples([a, b], domain):
        if sample.place == "at kink" and not at_kinks:
            continue
        if sample.place == "interior":
            values = a_at(sample.point), b_at(sample.point)
        else:
            values = (
                precise.exact(a, sample.point),
                precise.exact(b, sample.point),
            )
        known = [precise.defined(value) for value in values]
        if not any(known):
            continue
        if not all(known) or precise.differ(*values, TOLERANCE):
            before, after = map(precise.decimal, values)
            raise CheckError(
                f"differs {_PLACES[sample.place]}, at {precise.show(sample.point)}: "
                f"{before} before, {after} after"
            )
        used.append(sample)
    interior = sum(sample.place == "interior" for sample in used)
    if interior < INTERIOR_POINTS // 2:
        raise CheckError(
            f"vacuous check: both sides are defined at only {interior} "
            f"of {INTERIOR_POINTS} points of the domain"
        )
    return used


_PLACES = {
    "interior": "inside the domain",
    "at kink": "at a kink",
    "beside kink": "beside a kink",
}


def _proved(left: sp.Expr, right: sp.Expr, context: Context) -> bool:
    a = unfold(evaluated(left), context.where, differentiate)
    b = unfold(evaluated(right), context.where, differentiate)
    difference = a - b
    # The derivative of a sum holds cases "is k one of its indices?"
    in_range = _indices_in_range(difference, context.sizes)
    return proves_zero(sp.refine(difference.doit(), in_range))


def _indices_in_range(expr: sp.Expr, sizes: Sequence[Size]) -> sp.Basic:
    """An index of an element lies within the sums it is tried with."""
    limits = {
        last
        for s in expr.atoms(sp.Sum, sp.Product)
        for _, _, last in s.limits
    }
    return sp.And(
        *(
            sp.Q.ge(last, index)
            for index, last in product(
                loose_indices(expr) & set(sizes[0]),
                limits & set(sizes[0]),
            )
            if all(size[index] <= size[last] for size in sizes)
        )
    )
