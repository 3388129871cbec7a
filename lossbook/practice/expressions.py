"""The answers that are expressions, as SymPy and as functions."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import sympy as sp

from lossbook.symbolic import Derivation, Formula, sigma, softplus
from lossbook.symbolic.formula import in_numpy
from lossbook.symbolic.unfold import evaluated, unfold


def answer_of(
    fields: Mapping[str, Any], symbols: Iterable[str]
) -> sp.Expr:
    """The answer of a question, in these symbols."""
    return expression(
        fields["answer"], [*symbols], fields.get("formula", "")
    )


def written(
    fields: Mapping[str, Any], symbols: Iterable[str]
) -> sp.Expr:
    """The answer with terms and factors in its author's order."""
    allowed = [*symbols]
    answer = answer_of(fields, allowed)
    names, _ = _names(allowed, fields.get("formula", ""))
    found: sp.Expr = sp.parse_expr(
        fields["answer"], local_dict=names, evaluate=False
    )
    # Unless abbreviations had to be put in.
    return found if evaluated(found) == answer else answer


def derivation_of(fields: Mapping[str, Any]) -> Derivation:
    """`huber.gradient` is that of lossbook.formulas.huber.

    Those that no loss owns are in lossbook.derivations.
    """
    module, name = fields["derivation"].split(".")
    folder = "lossbook.formulas"
    if find_spec(f"{folder}.{module}") is None:
        folder = "lossbook.derivations"
    found = getattr(import_module(f"{folder}.{module}"), name)
    if not isinstance(found, Derivation):
        raise TypeError(f"{module}.{name} is no derivation")
    return found


def expression(
    text: str, symbols: Sequence[str], formula: str = ""
) -> sp.Expr:
    """What an author wrote, in these symbols alone.

    Args:
        text: SymPy. With a formula, the names of its module stand for
            what they are there, and `loss` and `gradient` for that
            loss and its checked gradient.
        symbols: The names that may be left; the formula's other
            abbreviations are put in.
        formula: A module of `lossbook.formulas`.

    Raises:
        ValueError: Other symbols are left.
    """
    names, where = _names(symbols, formula)
    # An author's text, not a reader's: it may be evaluated.
    parsed = sp.parse_expr(text, local_dict=names)
    found: sp.Expr = unfold(evaluated(parsed), where, sp.diff)
    left = {symbol.name for symbol in found.free_symbols} - {*symbols}
    if left:
        raise ValueError(
            f"{text!r} is in {', '.join(sorted(left))} too, not only "
            f"in {', '.join(symbols)}"
        )
    return found


def _names(
    symbols: Sequence[str], formula: str
) -> tuple[dict[str, Any], Mapping[sp.Expr, sp.Expr]]:
    """What an author's names stand for, and what is to be put in."""
    names: dict[str, Any] = {"sigma": sigma, "softplus": softplus}
    where: Mapping[sp.Expr, sp.Expr] = {}
    if formula:
        module = import_module(f"lossbook.formulas.{formula}")
        of: Formula = module.formula
        names |= vars(module)
        names |= {"loss": of.loss, "gradient": module.gradient.result}
        where = {
            name: meaning
            for name, meaning in of.where.items()
            if name.name not in symbols
        }
    for name in symbols:
        if not isinstance(names.get(name), sp.Symbol):
            names[name] = sp.Symbol(name, real=True)
    return names, where


def function(
    found: sp.Expr, symbols: Sequence[str]
) -> Callable[..., Any]:
    """The expression for numbers, in the order of the symbols."""
    by_name = {symbol.name: symbol for symbol in found.free_symbols}
    arguments = [by_name.get(name, sp.Symbol(name)) for name in symbols]
    return in_numpy(arguments, found)


def number(value: float) -> str:
    """As readers see it: six digits, and a real minus."""
    return f"{value:.6g}".replace("-", "−")


def tolerance_of(fields: Mapping[str, Any]) -> float:
    """How far off an answer in numbers may be, as a share of it."""
    return float(fields.get("tolerance", 0.01))


def rounded(value: float, tolerance: float) -> str:
    """An answer to the digits that matter; a whole number in full."""
    if float(f"{value:.6g}").is_integer():
        return number(value)
    digits = max(4, math.ceil(-math.log10(tolerance)) + 1)
    return number(float(f"{value:.{digits}g}"))
