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
# length, and n: fill grad, divided by n; return the loss, which is not.
Kernel = Callable[[Array, Array, Array, Array, Array, int], float]


def mse(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ r² / 2n and r / n, as lossbook.losses.MSE."""

    def kernel(
        p: Array, t: Array, grad: Array, _a: Array, _b: Array, n: int
    ) -> float:
        np.subtract(p, t, out=grad)
        loss = dot(grad, grad) / 2
        np.multiply(grad, 1 / n, out=grad)
        return loss

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
        p: Array,
        t: Array,
        sign: Array,
        residual: Array,
        _b: Array,
        n: int,
    ) -> float:
        np.subtract(p, t, out=residual)
        # Why not np.sign? A product and a clip take less time: they
        # give the sign times `edge`, which the last product undoes.
        info = np.finfo(p.dtype)
        huge = 2.0 ** (info.maxexp - 1)
        edge = huge * float(info.smallest_subnormal)
        np.multiply(residual, huge, out=sign)
        np.clip(sign, -edge, edge, out=sign)
        loss = dot(residual, sign)
        np.multiply(sign, 1 / (edge * n), out=sign)
        return loss / edge if loss > info.tiny * 1e9 else np.nan

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
        p: Array,
        t: Array,
        clipped: Array,
        residual: Array,
        _b: Array,
        n: int,
    ) -> float:
        if delta < np.finfo(p.dtype).tiny:
            return np.nan  # in this precision it would lose digits
        np.subtract(p, t, out=residual)
        np.clip(residual, -delta, delta, out=clipped)
        loss = dot(clipped, residual) - dot(clipped, clipped) / 2
        np.multiply(clipped, 1 / n, out=clipped)
        return loss

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
        z: Array, t: Array, grad: Array, q: Array, h: Array, n: int
    ) -> float:
        if not (t.min() >= 0 and t.max() <= 1):
            check_shares(np.asarray(targets, np.float64))
        np.abs(z, out=q)
        np.negative(q, out=q)
        np.exp(q, out=q)
        np.add(q, 1, out=h)
        loss = sum_of_logs(h, grad)
        if loss < 0.1 * len(z):  # 1 + q has rounded small q away
            loss = float(np.sum(np.log1p(q, out=grad)))
        np.divide(q, h, out=q)  # σ(-|z|), never more than ½
        np.greater(z, 0, out=h, casting="unsafe")
        # σ(z) - t = (h - t) + (1 - 2h)·q. Neither h - t at t = 0 or 1
        # nor 1 - 2h rounds, so nothing cancels.
        np.multiply(h, -2, out=grad)
        np.add(grad, 1, out=grad)
        np.multiply(q, grad, out=q)
        np.subtract(h, t, out=h)
        np.add(h, q, out=q)
        np.multiply(q, 1 / n, out=grad)
        return loss + dot(z, h)

    plain = BinaryCrossEntropy()
    return run(kernel, plain, predictions, targets, out, threads)


def sum_of_logs(factors: Array, products: Array) -> float:
    """Σ log of factors between 1 and 2, in the array `products`.

    The log of a product is a sum: one log serves 32 factors, whose
    product is at most 2**32.
    """
    end = len(factors) // 32 * 32
    rows = factors[:end].reshape(32, -1)
    done = products[: end // 32]
    np.multiply.reduce(rows, axis=0, out=done)
    # In float64: where factors are alike, so are their logs' errors.
    logs = np.log(done, dtype=np.float64)
    rest = np.log(factors[end:], dtype=np.float64)
    return float(np.sum(logs) + np.sum(rest))


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
            loss = kernel(p_, t_, g_, a[:size], b[:size], n)
            if not safe[0] < loss < safe[1]:
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
