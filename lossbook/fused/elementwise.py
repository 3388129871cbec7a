"""MSE, MAE, Huber and binary cross-entropy, value with gradient.

All take predictions and targets of one shape (n,) or (n, ...) and
return (loss, gradient): the sum over all elements divided by n, and
its gradient, of the shape and dtype of the predictions, in `out` if
that is given. Errors are those of the class in lossbook.losses, and
those of lossbook.fused.batch for `out` and `threads`; after an error
the content of `out` is undefined.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossbook.fused.batch import (
    BLOCK_BYTES,
    dot,
    output,
    summed,
    working_dtype,
)
from lossbook.losses.base import Loss, check_pair
from lossbook.losses.binary_cross_entropy import (
    BinaryCrossEntropy,
    check_shares,
)
from lossbook.losses.huber import HuberLoss
from lossbook.losses.mae import MAE
from lossbook.losses.mse import MSE
from lossbook.numerics import Array

# From predictions, targets and two arrays to work in, all of one
# length: fill grad, return the loss, both not yet divided by n.
Kernel = Callable[[Array, Array, Array, Array, Array], float]


def mse(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ r² / 2n and r / n, as lossbook.losses.MSE."""

    def kernel(
        p: Array, t: Array, grad: Array, _a: Array, _b: Array
    ) -> float:
        np.subtract(p, t, out=grad)
        return dot(grad, grad) / 2

    return run(kernel, MSE(), predictions, targets, out, threads)


def mae(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ |r| / n and sign(r) / n, as lossbook.losses.MAE."""

    def kernel(
        p: Array, t: Array, sign: Array, residual: Array, _b: Array
    ) -> float:
        np.subtract(p, t, out=residual)
        # Why not np.sign? Products and a clip take less time. Two
        # products, since the smallest float times the largest is < 1.
        huge = np.finfo(p.dtype).max
        np.multiply(residual, huge, out=sign)
        np.multiply(sign, huge, out=sign)
        np.clip(sign, -1, 1, out=sign)
        return dot(residual, sign)

    return run(kernel, MAE(), predictions, targets, out, threads)


def huber(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    delta: float = 1.0,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ c·(r - c/2) / n and c / n, as lossbook.losses.HuberLoss.

    c is the residual r clipped to ±delta: no branch, no mask.
    """

    def kernel(
        p: Array, t: Array, clipped: Array, residual: Array, _b: Array
    ) -> float:
        if delta < np.finfo(p.dtype).tiny:
            return np.nan  # in this precision it would lose digits
        np.subtract(p, t, out=residual)
        np.clip(residual, -delta, delta, out=clipped)
        product = dot(clipped, residual)
        return product - dot(clipped, clipped) / 2

    plain = HuberLoss(delta)
    delta = float(delta)  # a NumPy scalar would set the precision
    return run(kernel, plain, predictions, targets, out, threads)


def bce(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ (max(z, 0) - z·t + log(1 + e^-|z|)) / n over logits z.

    The gradient is (σ(z) - t) / n, as lossbook.losses.
    BinaryCrossEntropy.
    """

    def kernel(
        z: Array, t: Array, grad: Array, q: Array, h: Array
    ) -> float:
        if not (t.min() >= 0 and t.max() <= 1):
            check_shares(np.asarray(targets, np.float64))
        np.abs(z, out=q)
        np.negative(q, out=q)
        np.exp(q, out=q)
        np.log1p(q, out=h)
        loss = float(np.sum(h))
        np.add(q, 1, out=h)
        np.divide(q, h, out=q)  # σ(-|z|), never more than ½
        np.greater(z, 0, out=h, casting="unsafe")
        # σ(z) - t = (h - t) + (1 - 2h)·q. Neither h - t at t = 0 or 1
        # nor 1 - 2h rounds, so nothing cancels.
        np.multiply(q, h, out=grad)
        np.subtract(q, grad, out=q)
        np.subtract(q, grad, out=q)
        np.subtract(h, t, out=h)
        np.add(h, q, out=grad)
        return loss + dot(z, h)

    plain = BinaryCrossEntropy()
    return run(kernel, plain, predictions, targets, out, threads)


def run(
    kernel: Kernel,
    plain: Loss,
    predictions: ArrayLike,
    targets: ArrayLike,
    out: Array | None,
    threads: int,
) -> tuple[float, Array]:
    """Loss and gradient by the kernel, block by block.

    A block whose loss is not finite, or so near the ends of the
    exponent range that squares may have overflowed or vanished, is
    done again by the plain class.
    """
    p, t = check_pair(predictions, targets)
    grad = output(p, t, out)
    dtype = working_dtype(p, t)
    n = len(p)
    smallest, largest = np.finfo(dtype).tiny, np.finfo(dtype).max
    safe = float(smallest) * 1e9, float(largest) / 1e9
    length = BLOCK_BYTES // dtype.itemsize

    @np.errstate(all="ignore")
    def part(rows: slice) -> float:
        total = 0.0
        a, b = np.empty((2, length), dtype)
        for p_, t_, g_ in blocks(p[rows], t[rows], grad[rows], dtype):
            size = len(p_)
            loss = kernel(p_, t_, g_, a[:size], b[:size])
            if safe[0] < loss < safe[1]:
                np.multiply(g_, 1 / n, out=g_)
            else:
                loss = do_again(plain, p_, t_, g_, n)
            total += loss
        return total

    return summed(part, n, threads) / n, grad


def blocks(
    p: Array, t: Array, grad: Array, dtype: np.dtype
) -> np.nditer:
    """Walks over blocks of the arrays, as flat arrays of the dtype.

    They are views wherever dtype and strides allow, and contiguous:
    sums over anything else are slow, and less exact.
    """
    # Any, because NumPy's type stubs have "config" for "contig".
    read: list[Any] = ["readonly", "contig"]
    write: list[Any] = ["writeonly", "contig"]
    return np.nditer(
        [p, t, grad],
        flags=["buffered", "external_loop"],
        op_flags=[read, read, write],
        op_dtypes=[dtype] * 3,
        casting="same_kind",
        buffersize=BLOCK_BYTES // dtype.itemsize,
    )


def do_again(
    plain: Loss, p: Array, t: Array, grad: Array, n: int
) -> float:
    """What the kernel does, by the plain class, piece by piece."""
    total = 0.0
    step = 2**12  # so that its many arrays stay small
    for start in range(0, len(p), step):
        piece = slice(start, start + step)
        # As one sample of many elements, which divides by nothing: a
        # subnormal slope over 4,096 would lose its digits.
        wide = p[np.newaxis, piece].astype(np.float64)
        share = t[np.newaxis, piece]
        total += plain.loss(wide, share)
        grad[piece] = plain.grad(wide, share)[0] / n
    return total
