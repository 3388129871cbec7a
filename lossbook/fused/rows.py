"""Cross-entropy and KL of a block of logits against rows of targets.

Both fill grad, already divided by n, and return the rows' losses and
which rows are not good in this precision.
"""

import numpy as np
from numpy.typing import NDArray

from lossbook.fused.exps import (
    Vector,
    all_safe,
    exp_below_peak,
    row_dots,
    row_sums,
    scale_rows,
)
from lossbook.numerics import Array


def cross_entropies(
    z: Array, targets: Array, sums: Vector, grad: Array, n: int
) -> tuple[Vector, NDArray[np.bool]]:
    """-Σ t·log p of each row, given the sums of the rows of targets."""
    total, peak = fill_with_exps(grad, z)
    terms, rounding = minus_log_p(z, peak, total)
    losses = row_dots(terms, targets) + sums * rounding
    poor = ~(losses > least_loss(z.dtype, n) * sums)
    poor |= ~np.isfinite(losses)
    factors = sums / (total * n)
    # Outside these bounds targets and factors lose digits, or overflow.
    info = np.finfo(z.dtype)
    poor |= (losses < info.tiny / info.eps) | (factors < info.tiny)
    poor |= factors > info.max
    scale_rows(grad, factors)
    np.multiply(targets, 1 / n, out=terms)
    np.subtract(grad, terms, out=grad)
    return losses, poor


def divergences(
    z: Array,
    targets: Array,
    least: float,
    sums: Vector,
    grad: Array,
    n: int,
) -> tuple[Vector, NDArray[np.bool]]:
    """Σ t·(log t - log p) of each row, given the least target too."""
    total, peak = fill_with_exps(grad, z)
    scale_rows(grad, sums / total)
    info = np.finfo(z.dtype)
    # Why not log t - log p? Both are rounded, and where p is near t
    # little is left but that. grad is s·p: each log lacks log s.
    logs = np.divide(targets, grad)
    if least < info.tiny:
        # The smallest float stands in for 0, and for 0/0 where p has
        # vanished too: its log counts 0 times.
        np.fmax(logs, info.tiny, out=logs)
    np.log(logs, out=logs)
    losses = row_dots(logs, targets) + sums * np.log(sums)
    if not logs.max() <= np.log(info.eps / info.tiny):
        # p has lost digits, or vanished, where t counts.
        terms, rounding = minus_log_p(z, peak, total)
        np.log(np.maximum(targets, info.tiny, out=logs), out=logs)
        np.add(logs, terms, out=logs)
        losses = row_dots(logs, targets) + sums * rounding
    poor = ~(losses > least_loss(z.dtype, n))
    poor |= ~np.isfinite(losses + total)
    np.subtract(grad, targets, out=grad)
    np.multiply(grad, 1 / n, out=grad)
    return losses, poor


def fill_with_exps(
    exps: Array, z: Array
) -> tuple[Vector, Vector | None]:
    """The rows' sums, and their peaks if exps are those below the peak."""
    np.exp(z, out=exps)
    total = row_sums(exps)
    if all_safe(total):
        return total, None
    peak = exp_below_peak(z, exps)
    return row_sums(exps), peak


def minus_log_p(
    z: Array, peak: Vector | None, total: Vector
) -> tuple[Array, Vector]:
    """log(total) - z, and how much its rounding took from log(total).

    Why is the peak not added to log(total)? Where it is 1e15,
    log(total) would be rounded away.
    """
    terms = np.empty_like(z)
    below = z
    if peak is not None:
        column = peak[:, np.newaxis].astype(z.dtype)
        below = np.subtract(z, column, out=terms)
    narrow = np.log(total).astype(z.dtype)
    np.subtract(narrow[:, np.newaxis], below, out=terms)
    # Near log(1), which is exact to an ε of 1; log(total) is not.
    rounding = np.log(total * np.exp(-narrow, dtype=np.float64))
    return terms, rounding


def least_loss(dtype: np.dtype, n: int) -> float:
    """The least loss of a row that is good in this precision.

    It is off by a few ε, which averages out over n rows.
    """
    return float(1.5e7 * np.finfo(dtype).eps / np.sqrt(n))
