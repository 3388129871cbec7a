"""exp of rows of logits, and their sums."""

import numpy as np
from numpy.typing import NDArray

from lossbook.numerics import Array

Vector = NDArray[np.float64]


def all_safe(totals: Vector) -> bool:
    """Whether exp(z) may stand as it is, without a shift by the peak.

    To find the peaks and to subtract them takes as long as the exp
    itself. Sums between these bounds neither overflow, not even
    times a batch size, nor come from exps so small that they have
    lost digits.
    """
    return bool(totals.min() > 1e-3 and totals.max() < 1e25)


def exp_below_peak(z: Array, exps: Array) -> Vector:
    """Fills exps with exp(z - peak); the peak of each row."""
    peak = z.max(axis=1)
    np.subtract(z, peak[:, np.newaxis], out=exps)
    np.exp(exps, out=exps)
    return np.asarray(peak, np.float64)


def row_sums(block: Array) -> Vector:
    """Sums along the rows, good to the last digits of the dtype."""
    # Why no product with ones, which is faster? It costs a digit or
    # two where entries are alike, while np.sum adds up pairwise.
    return np.asarray(block.sum(axis=1), np.float64)


def scale_rows(block: Array, factors: Vector) -> None:
    """block *= factors, one for each row, in the block's dtype."""
    column = factors[:, np.newaxis].astype(block.dtype)
    np.multiply(block, column, out=block)
