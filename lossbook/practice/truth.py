"""What the functions of the challenges should return, to 50 digits.

A challenge names its truth as code in the names of this file, such as
`grad("huber", "yhat y delta")`. Arguments are arrays of mpmath's
numbers, or such numbers; so is what comes back. At a kink it is the
pair of the slopes on its two sides.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

import mpmath as mp
import numpy as np
import sympy as sp

from lossbook.symbolic import Formula
from lossbook.symbolic.precise import IN_MPMATH
from lossbook.symbolic.unfold import evaluated, unfold

DIGITS = 60
# Near enough to a kink that a slope there is the one beside it.
BESIDE = mp.mpf(10) ** -40

# Numbers of mpmath, or object arrays of them.
Many: TypeAlias = Any
Truth: TypeAlias = Callable[..., Many]


def loss(formula: str, symbols: str) -> Truth:
    """The loss of a batch, the arguments being these symbols.

    Args:
        formula: A module of lossbook.formulas.
    """
    terms = _elementwise(formula, "loss", symbols)
    return lambda *args: mean(terms(*args))


def grad(formula: str, symbols: str) -> Truth:
    """Its gradient by the first of the symbols."""
    slopes = _elementwise(formula, "gradient", symbols)

    def sides(by: Many, *others: Many) -> Many:
        found = (
            slopes(by + step, *others) / len(by)
            for step in (-BESIDE, 0, BESIDE)
        )
        return np.frompyfunc(_sides, 3, 1)(*found)

    return sides


def _sides(below: mp.mpf, here: mp.mpf, above: mp.mpf) -> Many:
    low, high = sorted((below, above))
    return (low, high) if high - low > 1000 * BESIDE else here


def together(*truths: Truth) -> Truth:
    """Several numbers of the same arguments, for a batch of one."""

    def every(r: Many, *settings: Many) -> Many:
        batch = np.array([r], dtype=object)
        found = (truth(batch, 0 * batch, *settings) for truth in truths)
        return np.array([np.ravel(one)[0] for one in found])

    return every


def mean(terms: Many) -> Many:
    """The sum over all entries, divided by the batch size."""
    return mp.fsum(terms.ravel()) / len(terms)


def _elementwise(formula: str, what: str, symbols: str) -> Truth:
    of: Formula = import_module(f"lossbook.formulas.{formula}").formula
    with sp.evaluate(True):
        expr = unfold(evaluated(getattr(of, what)), of.where, sp.diff)
        known = {symbol.name: symbol for symbol in expr.free_symbols}
        arguments = [
            known.pop(name, sp.Symbol(name)) for name in symbols.split()
        ]
        compute = sp.lambdify(arguments, expr, IN_MPMATH)
    if known:
        raise ValueError(f"{formula} is in {', '.join(known)} too")
    function: Truth = np.frompyfunc(compute, len(arguments), 1)
    return function
