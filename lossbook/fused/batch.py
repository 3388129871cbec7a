"""What all fused losses share: precision, output, threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from lossbook.numerics import Array

# A batch this small is fast in any precision, and its rounding errors
# are too few to cancel each other: it is computed in float64.
SMALL = 2**14

# Per block and array. Five such arrays fit a second-level cache of
# 1 MB; much smaller blocks drown in the cost of calling NumPy.
BLOCK_BYTES = 2**17

# Numbers that np.dot adds up in one go.
PIECE = 2**9


def working_dtype(*arrays: Array) -> np.dtype:
    """The precision to compute in: float32 or float64.

    Raises TypeError for floats wider than that.
    """
    dtype = np.result_type(*arrays, np.float32)
    if dtype.itemsize > 8:
        raise TypeError(
            "the fused losses compute in float32 or float64, not "
            f"{dtype}"
        )
    return np.dtype(np.float64) if arrays[0].size <= SMALL else dtype


def dot(a: Array, b: Array) -> float:
    """a·b of vectors, good to the last digits of their dtype.

    Why not np.dot alone? It adds 1,000 numbers to each of its running
    sums. Where all are alike, as in the first step of a training, so
    are their rounding errors: the sum is 100 ε off.
    """
    end = len(a) // PIECE * PIECE
    if end < len(a):
        rest = float(np.dot(a[end:], b[end:]))
        return dot(a[:end], b[:end]) + rest
    pieces = np.vecdot(a.reshape(-1, PIECE), b.reshape(-1, PIECE))
    return float(np.add.reduce(pieces))


def output(
    predictions: Array, targets: Array, out: Array | None
) -> Array:
    """The array for the gradient: `out` once checked, or a new one.

    Raises TypeError if out is no array, and ValueError if its shape or
    dtype is not that of the predictions, if it is read-only, or if it
    may share memory with an input: both are read again.
    """
    if out is None:
        return np.empty_like(predictions, order="C")
    if not isinstance(out, np.ndarray):
        raise TypeError(
            f"out must be an array, not {type(out).__name__}"
        )
    if out.shape != predictions.shape or out.dtype != predictions.dtype:
        raise ValueError(
            f"out has shape {out.shape} and dtype {out.dtype}, but the "
            f"gradient has {predictions.shape} and {predictions.dtype}"
        )
    if not out.flags.writeable:
        raise ValueError("out is read-only")
    inputs = {"predictions": predictions, "targets": targets}
    for name, array in inputs.items():
        if np.may_share_memory(out, array):
            raise ValueError(f"out may share memory with {name}")
    return out


def summed(
    part: Callable[[slice], float], n: int, threads: int
) -> float:
    """The sum of part(rows) over slices of n rows, one per thread.

    Raises ValueError unless threads >= 1.
    """
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    if threads == 1:
        return part(slice(0, n))
    ends = np.linspace(0, n, min(threads, n) + 1).astype(int)
    slices = map(slice, ends[:-1], ends[1:])
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(part, slices))
