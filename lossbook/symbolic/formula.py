"""One loss as SymPy: the single source of everything said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

import numpy as np
import sympy as sp

from lossbook.numerics import sigmoid
from lossbook.symbolic.checker import Context, Size, check_equal
from lossbook.symbolic.derivation import Derivation
from lossbook.symbolic.errors import CheckError
from lossbook.symbolic.printing import javascript, tex
from lossbook.symbolic.slope import Smoothness, check_slope
from lossbook.symbolic.unfold import (
    concrete,
    evaluated,
    total_derivative,
    unfold,
)

IN_NUMPY: list[Any] = [
    {
        "sigma": sigmoid,
        "softplus": lambda z: np.logaddexp(0.0, z),
        "largest": lambda *values: reduce(np.maximum, values),
        "smallest": lambda *values: reduce(np.minimum, values),
    },
    "numpy",
]


def in_numpy(
    arguments: sp.Symbol | Sequence[sp.Symbol], expr: sp.Expr
) -> Callable[..., Any]:
    """The expression as a function of these symbols, for arrays."""
    # Python in the browser has SymPy 1.13, whose own Max and Min do
    # not broadcast.
    named = expr.replace(sp.Max, sp.Function("largest")).replace(
        sp.Min, sp.Function("smallest")
    )
    function: Callable[..., Any] = sp.lambdify(
        arguments, named, IN_NUMPY
    )
    return function


L = sp.Symbol("L")


@dataclass(frozen=True)
class Formula:
    """The loss of one sample, as an expression with its context.

    Args:
        loss: The expression.
        by: The variable of the gradient, usually the prediction.
        smoothness: ``"smooth"``; ``"C1"``: the slope has corners, as
            Huber's does; ``"C0"``: the slope jumps, as MAE's does.
        where: Abbreviations in ``loss``, such as r = ŷ − y.
        parameters: The settings of the loss, and their domains.
        domain: Domains of its other symbols, where their assumptions
            do not say enough.
        stable: An equal form that neither overflows nor cancels.
        sizes: Values for symbolic sizes and free indices.

    Raises:
        CheckError: ``stable`` differs from ``loss``, SymPy's gradient
            is not the slope, or ``smoothness`` is claimed wrongly.
    """

    loss: sp.Expr
    by: sp.Symbol
    smoothness: Smoothness
    where: Mapping[sp.Symbol, sp.Expr] = field(default_factory=dict)
    parameters: Mapping[sp.Symbol, sp.Set] = field(default_factory=dict)
    domain: Mapping[sp.Symbol, sp.Set] = field(default_factory=dict)
    stable: sp.Expr | None = None
    sizes: Sequence[Size] = ({},)

    def __post_init__(self) -> None:
        with sp.evaluate(True):
            if self.stable is not None:
                check_equal(self.loss, self.stable, self.context)
            found = {self._check_gradient(size) for size in self.sizes}
        if found != {self.smoothness}:
            raise CheckError(
                f"{self.loss} is claimed to be {self.smoothness}; "
                f"it is {' or '.join(sorted(found))}"
            )

    @property
    def context(self) -> Context:
        """What a derivation about this loss knows; in it, L is the loss."""
        where = {L: self.loss, **self.where}
        return Context(
            where, {**self.domain, **self.parameters}, self.sizes
        )

    @cached_property
    def gradient(self) -> sp.Expr:
        """dL/d``by``; at a kink, the value of SymPy's ``sign(0) = 0``."""
        with sp.evaluate(True):
            return self._derivative(evaluated(self.loss))

    @cached_property
    def second_derivative(self) -> sp.Expr:
        """d²L/d``by``² away from the kinks."""
        with sp.evaluate(True):
            smooth_part = self._derivative(self.gradient)
            return smooth_part.replace(
                sp.DiracDelta, lambda *_: sp.S.Zero
            )

    def arguments(
        self, expr: sp.Expr | None = None
    ) -> tuple[sp.Symbol, ...]:
        """What `numpy` and `javascript` take, parameters last.

        They are the symbols of the loss, and those of the expression.
        """
        symbols = self._chosen(None).free_symbols
        if expr is not None:
            symbols = symbols | expr.free_symbols
        return tuple(
            sorted(
                symbols, key=lambda s: (s in self.parameters, s.name)
            )
        )

    def derive(self) -> Derivation:
        """Begin to rewrite the loss."""
        return Derivation(L, self.loss, context=self.context)

    def derive_gradient(self) -> Derivation:
        """Begin the derivation of dL/d``by``."""
        return Derivation(
            sp.Derivative(L, self.by),
            sp.Derivative(self.loss, self.by),
            context=self.context,
        )

    def numpy(self, expr: sp.Expr | None = None) -> Callable[..., Any]:
        """The loss, or another expression of its symbols, for arrays.

        The function takes `arguments` of the expression, in order.
        """
        with sp.evaluate(True):
            chosen = evaluated(self._chosen(expr))
            return in_numpy(self.arguments(expr), chosen)

    def fixed(
        self, expr: sp.Expr, values: Mapping[str, float]
    ) -> sp.Expr:
        """An expression without abbreviations, with some values put in.

        Args:
            expr: The loss, its gradient, or another expression.
            values: Symbols by their names. Sums are as long as the
                first of ``sizes`` says, and ``z[2]`` is z_2.
        """
        with sp.evaluate(True):
            unfolded = unfold(evaluated(expr), self.where, sp.diff)
            plain = concrete(unfolded, self.sizes[0])
            given = {
                s: values[s.name]
                for s in plain.free_symbols
                if s.name in values
            }
            result: sp.Expr = plain.subs(given)
        return result

    def along(
        self, expr: sp.Expr, values: Mapping[str, float]
    ) -> Callable[..., Any]:
        """An expression as a function of ``by`` alone, for arrays.

        Args:
            expr: The loss, its gradient, or another expression.
            values: All other symbols by their names, as in `fixed`.

        Raises:
            ValueError: A symbol has no value.
        """
        by = concrete(self.by, self.sizes[0])
        others = {s: v for s, v in values.items() if s != by.name}
        fixed = self.fixed(expr, others)
        if missing := {s.name for s in fixed.free_symbols - {by}}:
            raise ValueError(
                f"no value for {', '.join(sorted(missing))}"
            )
        with sp.evaluate(True):
            return in_numpy(by, fixed)

    def javascript(self, expr: sp.Expr | None = None) -> str:
        """The same as the source of a JavaScript arrow function."""
        names = ", ".join(s.name for s in self.arguments(expr))
        with sp.evaluate(True):
            return f"({names}) => {javascript(evaluated(self._chosen(expr)))}"

    def latex(self) -> str:
        """L = … as a textbook prints it."""
        return f"L = {tex(self.loss)}"

    def _repr_latex_(self) -> str:
        return f"$${self.latex()}$$"

    def _chosen(self, expr: sp.Expr | None) -> sp.Expr:
        if expr is not None:
            return expr
        return self.loss if self.stable is None else self.stable

    def _derivative(self, expr: sp.Expr) -> sp.Expr:
        indexed: dict[sp.Expr, sp.Expr] = {}
        named: dict[sp.Expr, sp.Expr] = {}
        for name, meaning in self.where.items():
            kind = named if isinstance(name, sp.Symbol) else indexed
            kind[name] = evaluated(meaning)
        unfolded = unfold(expr, indexed, sp.diff)
        return total_derivative(unfolded, self.by, named)

    def _check_gradient(self, size: Size) -> Smoothness:
        loss, gradient = (
            concrete(unfold(evaluated(expr), self.where, sp.diff), size)
            for expr in (self.loss, self.gradient)
        )
        by = concrete(self.by, size)
        return check_slope(loss, by, gradient, self.context.domain)
