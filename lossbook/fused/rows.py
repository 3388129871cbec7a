"""Cross-entropy and KL of a block of logits against rows of targets."""

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


def row_losses(
    z: Array,
    targets: Array,
    sums: Vector,
    grad: Array,
    n: int,
    logs: Array | None,
) -> tuple[Vector, NDArray[np.bool]]:
    """Fills grad, already divided by n, and returns the rows' losses.

    sums are those of the rows of targets. With the targets' logs the
    losses are KL divergences, with None they are cross-entropies.
    Also returns which rows are not good in this precision.
    """
    dtype = z.dtype
    np.exp(z, out=grad)
    total = row_sums(grad)
    below, terms = z, np.empty_like(grad)
    if not all_safe(total):
        peak = exp_below_peak(z, grad)
        total = row_sums(grad)
        column = peak[:, np.newaxis].astype(dtype)
        below = np.subtract(z, column, out=terms)
    log_total = np.log(total)
    narrow = log_total.astype(dtype)
    # -log p. Why is the peak not added to log(total)? Where it is
    # 1e15, log(total) would be rounded away.
    np.subtract(narrow[:, np.newaxis], below, out=terms)
    if logs is not None:
        np.add(terms, logs, out=terms)
    losses = row_dots(terms, targets) + sums * (log_total - narrow)
    # A row's loss is off by a few ε, which averages out over n rows.
    info = np.finfo(dtype)
    least = 1.5e7 * info.eps / np.sqrt(n)
    poor = ~(losses > least * sums) | ~np.isfinite(losses)
    factors = sums / (total * n)
    # Outside these bounds targets and factors lose digits, or overflow.
    poor |= (losses < info.tiny / info.eps) | (factors < info.tiny)
    poor |= factors > info.max
    scale_rows(grad, factors)
    np.multiply(targets, 1 / n, out=terms)
    np.subtract(grad, terms, out=grad)
    return losses, poor


def log_targets(targets: Array, least: float) -> Array:
    """Their logs, where the least is 0 those of numbers above it."""
    tiny = np.finfo(targets.dtype).tiny
    if least < tiny:
        # The smallest float stands in for 0: its log counts 0 times.
        targets = np.maximum(targets, tiny)
    logs: Array = np.log(targets)
    return logs
