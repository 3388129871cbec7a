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

# e^-800, below the smallest float, is known to 50 digits beside a 1.
DIGITS = 400
# Near enough to a kink that a slope there is the one beside it.
BESIDE = mp.mpf(10) ** -40

NARROW = mp.mpf(10) ** -20

# Numbers of mpmath, or object arrays of them.
Many: TypeAlias = Any
Truth: TypeAlias = Callable[..., Many]


def loss(formula: str, symbols: str) -> Truth:
    """The loss of a batch, the arguments being these symbols.

    Args:
        formula: A module of lossbook.formulas.
    """
    of = _module(formula).formula
    terms = _elementwise(of, of.stable or of.loss, symbols)
    return lambda *args: mean(terms(*args))


def grad(formula: str, symbols: str) -> Truth:
    """Its gradient by the first of the symbols, as it was derived."""
    module = _module(formula)
    result = module.gradient.result
    slopes = _elementwise(module.formula, result, symbols)

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


def signed(of: Truth) -> Truth:
    """A truth in signs -1 and 1, for labels 0 and 1."""
    return lambda logits, labels, *rest: of(
        logits, 2 * labels - 1, *rest
    )


def of_rows(row: Callable[[list[mp.mpf]], Any]) -> Truth:
    """A function of a list of numbers along the last axis."""

    def every(numbers: Many) -> Many:
        if numbers.ndim > 1:
            return np.array([every(one) for one in numbers])
        return np.array(row([*numbers]), dtype=object)

    return every


def log_sum_exp(row: list[mp.mpf]) -> mp.mpf:
    return mp.log(mp.fsum(map(mp.exp, row)))


def log_shares(row: list[mp.mpf]) -> list[mp.mpf]:
    return [one - log_sum_exp(row) for one in row]


def shares(row: list[mp.mpf]) -> list[mp.mpf]:
    return [mp.exp(one) for one in log_shares(row)]


def spread(row: list[mp.mpf]) -> mp.mpf:
    """The entropy of a distribution."""
    return -mp.fsum(x_log_y(p, p) for p in row)


sigmoid: Truth = np.frompyfunc(lambda x: 1 / (1 + mp.exp(-x)), 1, 1)
softmax = of_rows(shares)
log_softmax = of_rows(log_shares)
logsumexp = of_rows(log_sum_exp)
entropy = of_rows(spread)


def x_log_y(x: mp.mpf, y: mp.mpf) -> mp.mpf:
    """x·log y, where 0·log 0 is 0, and log 0 is -inf."""
    if x == 0:
        return mp.mpf(0)
    return x * mp.log(y) if y else -mp.inf


def one_hot(labels: Many, n_classes: mp.mpf) -> Many:
    columns = np.arange(int(n_classes))
    return 1 * (labels[:, np.newaxis] == columns)


def label_cost(probabilities: Many, labels: Many) -> mp.mpf:
    """Cross-entropy of probabilities."""
    rows = zip(probabilities, labels, strict=True)
    costs = [
        -x_log_y(mp.mpf(1), row[int(label)]) for row, label in rows
    ]
    return mean(np.array(costs))


def label_cost_of_logits(logits: Many, labels: Many) -> mp.mpf:
    rows = zip(log_softmax(logits), labels, strict=True)
    return mean(-np.array([row[int(label)] for row, label in rows]))


def counted_cost(logits: Many, labels: Many, ignored: mp.mpf) -> mp.mpf:
    """Cross-entropy of the rows with another label than that."""
    counted = labels != ignored
    return label_cost_of_logits(logits[counted], labels[counted])


def smoothed_cost(logits: Many, labels: Many, share: mp.mpf) -> mp.mpf:
    """Cross-entropy, this share being spread over all classes."""
    K = logits.shape[1]
    rows = (1 - share) * one_hot(labels, K) + share / K
    return mean(-rows * log_softmax(logits))


def through_softmax(p: Many, slopes: Many) -> Many:
    """The slopes by the logits, from those by the softmax."""
    jacobians = np.array(
        [np.diag(row) - np.outer(row, row) for row in p]
    )
    return np.array(
        [one @ row for one, row in zip(jacobians, slopes, strict=True)]
    )


def label_slopes(logits: Many, labels: Many) -> Many:
    return share_slopes(logits, one_hot(labels, logits.shape[1]))


def share_slopes(logits: Many, rows: Many) -> Many:
    """The gradient of cross-entropy, and of KL, by the logits."""
    return (softmax(logits) - rows) / len(logits)


def divergence(logits: Many, rows: Many) -> mp.mpf:
    """KL of the softmax from rows of probabilities."""
    terms = np.frompyfunc(
        lambda t, log_p: x_log_y(t, t) - t * log_p, 2, 1
    )
    return mean(terms(rows, log_softmax(logits)))


def binary_cost(probabilities: Many, targets: Many) -> mp.mpf:
    """Binary cross-entropy of probabilities."""
    terms = np.frompyfunc(
        lambda p, t: -x_log_y(t, p) - x_log_y(1 - t, 1 - p), 2, 1
    )
    return mean(terms(probabilities, targets))


def measured_slopes(function: Callable[[Many], Any], x: Many) -> Many:
    """By central differences, so narrow that no digit shows it."""
    slopes = np.empty_like(x)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += NARROW
        below[index] -= NARROW
        step = 2 * NARROW
        slopes[index] = (function(above) - function(below)) / step
    return slopes


def mean(terms: Many) -> Many:
    """The sum over all entries, divided by the batch size."""
    return mp.fsum(terms.ravel()) / len(terms)


def _module(formula: str) -> Any:
    return import_module(f"lossbook.formulas.{formula}")


def _elementwise(of: Formula, what: sp.Expr, symbols: str) -> Truth:
    with sp.evaluate(True):
        expr = unfold(evaluated(what), of.where, sp.diff)
        known = {symbol.name: symbol for symbol in expr.free_symbols}
        arguments = [
            known.pop(name, sp.Symbol(name)) for name in symbols.split()
        ]
        compute = sp.lambdify(arguments, expr, IN_MPMATH)
    if known:
        raise ValueError(f"{what} is in {', '.join(known)} too")
    function: Truth = np.frompyfunc(compute, len(arguments), 1)
    return function
