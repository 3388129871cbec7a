"""exp of rows of logits, and their sums."""

import numpy as np
from numpy.typing import NDArray

from lossbook.numerics import Array

Vector = NDArray[np.float64]

# Numbers of a row that np.vecdot adds up in one go. With more, equal
# numbers, whose rounding errors are equal too, would cost a digit.
PIECES = {np.dtype("float32"): 2**9, np.dtype("float64"): 2**7}


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
    classes = block.shape[1]
    if block.dtype == np.float64 and classes < PIECES[block.dtype]:
        # So few np.vecdot would add one after the other: with equal
        # numbers, that costs another digit.
        return np.asarray(np.einsum("nk->n", block))
    # Why not np.sum? Products with ones take half its time.
    return row_dots(block, np.ones((1, classes), block.dtype))


def row_dots(a: Array, b: Array) -> Vector:
    """Σ a·b along the rows, good to the last digits of the dtype.

    In pieces, for the reason that lossbook.fused.batch.dot gives.
    """
    piece = PIECES[a.dtype]
    end = a.shape[1] // piece * piece
    sums: Vector = np.vecdot(a[:, end:], b[:, end:]).astype(np.float64)
    if end:
        whole = np.vecdot(
            a[:, :end].reshape(len(a), -1, piece),
            b[:, :end].reshape(len(b), -1, piece),
        )
        sums += whole.sum(axis=1)
    return sums


def scale_rows(block: Array, factors: Vector) -> None:
    """block *= factors, one for each row, in the block's dtype."""
    column = factors[:, np.newaxis].astype(block.dtype)
    np.multiply(block, column, out=block)
