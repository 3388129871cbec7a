"""A whiteboard derivation in which every line is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import sympy as sp

from lossbook.symbolic.checker import (
    Check,
    Context,
    check_derivatives,
    check_equal,
)
from lossbook.symbolic.errors import CheckError, StepError
from lossbook.symbolic.printing import tex

MIME_TYPE = "application/vnd.lossbook.derivation+json"


@dataclass(frozen=True)
class Line:
    """One line: the expression, what one would say, how it was checked."""

    expr: sp.Expr
    reason: str
    check: Check


class Derivation:
    """A chain of equal expressions, each with its reason.

    Args:
        lhs: What is derived; it stands left of the first line.
        start: The first expression.
        reason: Why ``lhs`` is ``start``; this line is given, not checked.
        context: Abbreviations, domains and sizes.

    Raises:
        StepError: A derivative in ``start`` does not exist.
    """

    def __init__(
        self,
        lhs: sp.Expr,
        start: sp.Expr,
        reason: str = "definition",
        context: Context = Context(),  # noqa: B008  (frozen)
    ) -> None:
        self.lhs = lhs
        self.context = context
        self.lines: list[Line] = []
        self._append(start, reason, Check("given"))

    def step(
        self, expr: sp.Expr, reason: str, *, at_kinks: bool = True
    ) -> Self:
        """Add the next line once it is checked against the last one.

        Args:
            expr: The next expression; it must equal the last.
            reason: What one would say at the whiteboard; may hold
                ``$math$``.
            at_kinks: False where the line holds only away from kinks.

        Raises:
            StepError: It is not equal, with a counterexample; or the
                check had nothing to compare.
        """
        with sp.evaluate(True):
            try:
                check = check_equal(
                    self.result, expr, self.context, at_kinks=at_kinks
                )
            except CheckError as error:
                raise self._wrong(reason, error) from None
        self._append(expr, reason, check)
        return self

    @property
    def result(self) -> sp.Expr:
        """The last line."""
        return self.lines[-1].expr

    def _append(self, expr: sp.Expr, reason: str, check: Check) -> None:
        with sp.evaluate(True):
            try:
                check_derivatives(expr, self.context)
            except CheckError as error:
                raise self._wrong(reason, error) from None
        self.lines.append(Line(expr, reason, check))

    def _wrong(self, reason: str, error: CheckError) -> StepError:
        return StepError(f"step {len(self.lines)} ({reason}): {error}")

    def _repr_latex_(self) -> str:
        rows = [
            rf"&= {tex(line.expr)} && \text{{{line.reason}}} "
            rf"&& \text{{{line.check}}}"
            for line in self.lines
        ]
        rows[0] = f"{tex(self.lhs)} {rows[0]}"
        body = " \\\\\n".join(rows)
        return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Rows for the book's pages, LaTeX for a plain notebook."""
        lines = [
            {
                "tex": tex(line.expr),
                "reason": line.reason,
                "how": line.check.how,
                "mark": str(line.check),
            }
            for line in self.lines
        ]
        return {
            MIME_TYPE: {"lhs": tex(self.lhs), "lines": lines},
            "text/latex": self._repr_latex_(),
        }
