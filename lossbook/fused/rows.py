"""Cross-entropy and KL of a block of logits against rows of targets."""

import numpy as np
from numpy.typing import NDArray

from lossbook.fused.exps import (
    Vector,
    all_safe,
    exp_below_peak,
    row_sums,
    scale_rows,
)
from lossbook.numerics import Array


def row_losses(
    z: Array, targets: Array, grad: Array, n: int, divergence: bool
) -> tuple[Vector, NDArray[np.bool]]:
    """Fills grad, already divided by n, and returns the rows' losses.

    These are cross-entropies, or KL divergences if that is wanted.
    Also returns which rows are not good in this precision.
    """
    dtype = z.dtype
    sums = row_sums(targets)
    np.exp(z, out=grad)
    total = row_sums(grad)
    peak = np.zeros(len(z))
    if not all_safe(total):
        peak = exp_below_peak(z, grad)
        total = row_sums(grad)
    log_total = peak + np.log(total)
    narrow = log_total.astype(dtype)
    terms = np.subtract(narrow[:, np.newaxis], z)  # -log p
    if divergence:
        # The smallest float stands in for 0: its log counts 0 times.
        logs = np.maximum(targets, np.finfo(dtype).tiny)
        np.log(logs, out=logs)
        np.add(terms, logs, out=terms)
    np.multiply(terms, targets, out=terms)
    losses = row_sums(terms) + sums * (log_total - narrow)
    # A row's loss is off by a few ε, which averages out over n rows.
    least = 1.5e7 * np.finfo(dtype).eps / np.sqrt(n)
    poor = ~(losses > least * sums) | ~np.isfinite(losses)
    scale_rows(grad, sums / (total * n))
    np.multiply(targets, 1 / n, out=terms)
    np.subtract(grad, terms, out=grad)
    return losses, poor
