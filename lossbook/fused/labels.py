"""Softmax cross-entropy of a block of logits against labels."""

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


def label_losses(
    z: Array,
    labels: Array,
    grad: Array,
    smoothing: float,
    n: int,
) -> tuple[Vector, NDArray[np.bool]]:
    """Fills grad, already divided by n, and returns the rows' losses.

    Also returns which rows are so sure of their label, or so far from
    it, that they are not good in this precision.
    """
    classes = z.shape[1]
    rows = np.arange(len(z))
    z_label = z[rows, labels].astype(np.float64)
    np.exp(z, out=grad)
    at_label, others = take_out(grad, rows, labels)
    # Below this share of the row, exps have lost digits.
    least = 1e-30
    peak = np.zeros(len(z))
    if not all_safe(at_label + others):
        peak = exp_below_peak(z, grad)
        at_label, others = take_out(grad, rows, labels)
        if z.dtype == np.float32:
            # z - peak is rounded, and exp magnifies that: float64
            # does better.
            least = 0.05
    total = at_label + others
    losses = np.where(
        # Further behind, the loss is so large that no z_label cancels.
        64 * at_label > others,
        np.log1p(others / at_label),
        np.log(total) + (peak - z_label),
    )
    scale_rows(grad, 1 / (total * n))
    at_label_slope = -others / total  # p - 1 without its cancellation
    if smoothing:
        # Every class is the target to the extent of ε / K.
        share = smoothing / classes
        np.subtract(grad, share / n, out=grad)
        # As (1 - ε)·(p - 1) + ε·(p - 1/K), no part of p - t cancels.
        at_label_slope *= 1 - smoothing
        at_label_slope += smoothing * (at_label / total) - share
        # Logits of 1e15 would round log(total) away, so subtract the
        # peak before the mean is taken.
        below = z - peak[:, np.newaxis].astype(z.dtype)
        mean = below.sum(axis=1, dtype=np.float64) / classes
        losses += smoothing * (z_label - peak - mean)
    grad[rows, labels] = at_label_slope / n
    poor = ~(others > least * total) | ~np.isfinite(losses)
    return losses, poor


def take_out(
    exps: Array, rows: NDArray[np.integer], labels: Array
) -> tuple[Vector, Vector]:
    """The label's entry of each row, set to 0, and the others' sum."""
    at_label = exps[rows, labels].astype(np.float64)
    exps[rows, labels] = 0
    return at_label, row_sums(exps)
