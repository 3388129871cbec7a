"""Formulas as a textbook sets them, and as JavaScript computes them."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.jscode import JavascriptCodePrinter
from sympy.printing.latex import LatexPrinter


def tex(expr: sp.Basic) -> str:
    """LaTeX, with terms and factors in the order in which they were written."""
    return str(_BookLatex().doprint(_flat(expr)))


def javascript(expr: sp.Expr) -> str:
    """A JavaScript expression; it may call the functions of `JS_PRELUDE`."""
    return str(_BookJavascript().doprint(expr))


JS_PRELUDE = """\
const sigma = (z) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
"""


def _flat(expr: Any) -> Any:
    """Undo the nesting that ``evaluate(False)`` makes of a + b + c."""
    if not expr.args:
        return expr
    arguments = [_flat(a) for a in expr.args]
    if isinstance(expr, sp.Sum):
        # Under evaluate(False) it would multiply its terms by 1.
        return sp.Sum(*arguments)
    with sp.evaluate(False):
        if isinstance(expr, sp.Add):
            return sp.Add(*_spliced(arguments, sp.Add, sp.S.Zero))
        if isinstance(expr, sp.Mul):
            return sp.Mul(*_spliced(arguments, sp.Mul, sp.S.One))
        return expr.func(*arguments)


def _spliced(
    arguments: list[Any], kind: Any, neutral: sp.Expr
) -> list[Any]:
    spliced = [
        part
        for a in arguments
        for part in (a.args if isinstance(a, kind) else [a])
    ]
    return [part for part in spliced if part != neutral] or [neutral]


_LARGE = (sp.Sum, sp.Derivative)


class _BookLatex(LatexPrinter):
    def __init__(self) -> None:
        super().__init__({"order": "none", "ln_notation": False})

    def _call(
        self, name: str, expr: sp.Expr, exponent: str | None
    ) -> str:
        power = "" if exponent is None else f"^{{{exponent}}}"
        argument = self._print(expr.args[0])
        return rf"{name}{power}\left({argument}\right)"

    def _print_sign(self, expr: sp.Expr, exp: str | None = None) -> str:
        return self._call(r"\operatorname{sign}", expr, exp)

    def _print_sigma(
        self, expr: sp.Expr, exp: str | None = None
    ) -> str:
        return self._call(r"\sigma", expr, exp)

    def _print_softplus(
        self, expr: sp.Expr, exp: str | None = None
    ) -> str:
        return self._call(r"\operatorname{softplus}", expr, exp)

    def _print_log1p(
        self, expr: sp.Expr, exp: str | None = None
    ) -> str:
        return self._call(r"\operatorname{log1p}", expr, exp)

    def _print_Abs(self, expr: sp.Expr, exp: str | None = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\left|{self._print(expr.args[0])}\right|{power}"

    def _print_Mul(self, expr: sp.Mul) -> str:
        """1/n in front of Σ or ∂/∂y, not these on top of a fraction."""
        large = [a for a in expr.args if isinstance(a, _LARGE)]
        others = [a for a in expr.args if not isinstance(a, _LARGE)]
        if not large or sp.denom(expr) == 1:
            return str(super()._print_Mul(expr))
        with sp.evaluate(False):
            factor = sp.Mul(*others)
        return " ".join(self._print(part) for part in [factor, *large])

    def _print_Sum(self, expr: sp.Sum) -> str:
        """One Σ for each index, the outermost first."""
        signs = [
            rf"\sum_{{{self._print(i)}={self._print(a)}}}^{{{self._print(b)}}}"
            for i, a, b in reversed(expr.limits)
        ]
        body = self._print(expr.function)
        if isinstance(expr.function, sp.Add):
            body = rf"\left({body}\right)"
        return " ".join([*signs, body])

    def _print_Indexed(self, expr: sp.Indexed) -> str:
        indices = ",".join(self._print(i) for i in expr.indices)
        return f"{self._print(expr.base)}_{{{indices}}}"

    def _print_KroneckerDelta(
        self, expr: sp.Expr, exp: str | None = None
    ) -> str:
        indices = " ".join(self._print(i) for i in expr.args)
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\delta_{{{indices}}}{power}"

    def _print_Heaviside(
        self, expr: sp.Expr, exp: str | None = None
    ) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\mathbf{{1}}\left[{self._print(expr.args[0])} > 0\right]{power}"

    def _print_Relational(self, expr: Relational) -> str:
        # SymPy turns |r| ≤ δ round; a reader looks for the variable first.
        if expr.rhs.has(sp.Abs) and not expr.lhs.has(sp.Abs):
            expr = expr.reversed
        return str(super()._print_Relational(expr))

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        rows = [
            self._print(value)
            + (
                r" & \text{otherwise}"
                if condition == sp.true
                else rf" & \text{{if }} {self._print(condition)}"
            )
            for value, condition in expr.args
        ]
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"

    def _print_Derivative(self, expr: sp.Derivative) -> str:
        """∂L/∂ŷ with a plain symbol on top of the fraction."""
        if (
            not isinstance(expr.expr, sp.Symbol | sp.Indexed)
            or expr.derivative_count > 1
        ):
            return str(super()._print_Derivative(expr))
        top, bottom = (
            self._print(expr.expr),
            self._print(expr.variables[0]),
        )
        return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"


class _BookJavascript(JavascriptCodePrinter):
    def _call(self, name: str, expr: sp.Expr) -> str:
        arguments = ", ".join(self._print(a) for a in expr.args)
        return f"{name}({arguments})"

    def _print_log1p(self, expr: sp.Expr) -> str:
        return self._call("Math.log1p", expr)

    def _print_expm1(self, expr: sp.Expr) -> str:
        return self._call("Math.expm1", expr)

    def _print_sigma(self, expr: sp.Expr) -> str:
        return self._call("sigma", expr)

    def _print_softplus(self, expr: sp.Expr) -> str:
        return self._call("softplus", expr)

    def _print_Heaviside(self, expr: sp.Expr) -> str:
        return f"((Math.sign({self._print(expr.args[0])}) + 1)/2)"

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        text = "NaN"
        for value, condition in reversed(expr.args):
            if condition == sp.true:
                text = self._print(value)
            else:
                text = f"({self._print(condition)} ? {self._print(value)} : {text})"
        return text
