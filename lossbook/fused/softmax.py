"""Softmax cross-entropy and KL over logits, value with gradient.

Predictions are logits of shape (n, K). Both return (loss, gradient),
the gradient having the shape and dtype of the predictions, in `out`
if that is given. Errors are those of the class in lossbook.losses,
and those of lossbook.fused.batch for `out` and `threads`; after an
error the content of `out` is undefined.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.checks import distributions, measures
from lossbook.fused.batch import (
    output,
    summed,
    working_dtype,
)
from lossbook.fused.exps import Vector, row_sums
from lossbook.fused.labels import label_losses
from lossbook.fused.rows import cross_entropies, divergences
from lossbook.logits import are_labels, check_logits, counted_labels
from lossbook.losses.base import Loss
from lossbook.losses.cross_entropy import CrossEntropy
from lossbook.losses.kl_div import KLDivLoss, check_shapes
from lossbook.numerics import Array, as_float, check_labels

Rows = slice | NDArray[np.integer]

# From logits, which rows they are and an array for the gradient: fill
# it, divided by n; return the losses, and which rows are poor.
Kernel = Callable[[Array, Rows, Array], tuple[Vector, NDArray[np.bool]]]

# At most so many rows at once: each of them needs ten numbers, which
# with two classes would be more than the block itself.
MOST_ROWS = 2**12

# The size of NumPy's buffer, unless rows are shorter still.
BUFFER = 2**8


def softmax_cross_entropy(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    ignore_index: int | None = None,
    label_smoothing: float = 0.0,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = -Σ t·log p / n and (s·p - t) / n, p the softmax of z.

    Targets are labels (n,) or rows t (n, K) with sums s, as in
    lossbook.losses.CrossEntropy. A gradient entry is good to a few ε
    of its row's largest, not of its own size.
    """
    plain = CrossEntropy(label_smoothing=label_smoothing)
    logits = check_logits(predictions)
    targets = np.asarray(targets)
    if are_labels(targets, logits.shape, ignore_index):
        return against_labels(
            logits, targets, ignore_index, plain, out, threads
        )
    rows = as_float(targets, "targets")
    return against_rows(logits, rows, plain, out, threads)


def kl(
    predictions: ArrayLike,
    targets: ArrayLike,
    *,
    out: Array | None = None,
    threads: int = 1,
) -> tuple[float, Array]:
    """L = Σ t·(log t - log p) / n and (p - t) / n, p the softmax of z.

    Targets are rows t of probabilities, of shape (n, K), as in
    lossbook.losses.KLDivLoss.
    """
    logits = check_logits(predictions)
    check_shapes(logits.shape, np.shape(targets))
    rows = as_float(targets, "targets")
    return against_rows(logits, rows, KLDivLoss(), out, threads)


def against_labels(
    logits: Array,
    targets: Array,
    ignore_index: int | None,
    plain: CrossEntropy,
    out: Array | None,
    threads: int,
) -> tuple[float, Array]:
    """Cross-entropy against labels (n,); ignored rows do not count."""
    classes = logits.shape[1]

    def refuse() -> None:
        labels, _ = counted_labels(targets, ignore_index)
        check_labels(labels, classes)

    # Labels are checked block by block: as a whole, they would take
    # memory in proportion to the batch.
    n = len(targets)
    if ignore_index is not None:
        n -= count(targets, ignore_index)
    if n == 0 or targets.dtype.kind not in "iu":
        refuse()

    def kernel(
        z: Array, rows: Rows, grad: Array
    ) -> tuple[Vector, NDArray[np.bool]]:
        labels = targets[rows]
        if ignore_index is not None:
            ignored = labels == ignore_index
            labels = np.where(ignored, 0, labels)
        if labels.min() < 0 or labels.max() >= classes:
            refuse()
        losses, poor = label_losses(
            z, labels, grad, plain.label_smoothing, n
        )
        if ignore_index is not None:
            losses[ignored] = 0
            grad[ignored] = 0
            poor &= ~ignored
        return losses, poor

    # The kernel needs no array beside the two blocks, unless it smooths
    # labels. So they may be large, which makes its many calls cheap;
    # the more so for threads, which wait for Python between calls.
    block_bytes = 2**20 if threads == 1 else 2**22
    if plain.label_smoothing:
        block_bytes = 2**19
    dtype = working_dtype(logits)
    return run(
        kernel,
        plain,
        logits,
        targets,
        n,
        out,
        threads,
        dtype,
        block_bytes,
    )


def count(labels: Array, label: int | None) -> int:
    """How many of the labels are this one, counted piece by piece."""
    return sum(
        int(np.count_nonzero(labels[start : start + 2**16] == label))
        for start in range(0, len(labels), 2**16)
    )


def against_rows(
    logits: Array,
    targets: Array,
    plain: CrossEntropy | KLDivLoss,
    out: Array | None,
    threads: int,
) -> tuple[float, Array]:
    """Cross-entropy or KL against rows of targets (n, K)."""
    n = len(logits)
    tolerance = np.sqrt(np.finfo(targets.dtype).eps)

    def kernel(
        z: Array, rows: Rows, grad: Array
    ) -> tuple[Vector, NDArray[np.bool]]:
        t = np.ascontiguousarray(targets[rows], z.dtype)
        sums, least = row_sums(t), t.min()
        if isinstance(plain, KLDivLoss):
            error = np.abs(sums - 1).max()
            if not (least >= 0 and error <= tolerance):
                distributions(targets, "targets")
            return divergences(z, t, least, sums, grad, n)
        if not (least >= 0 and sums.max() < np.inf):
            measures(targets, "targets")
        if plain.label_smoothing:
            share = plain.label_smoothing / z.shape[1]
            t = (1 - plain.label_smoothing) * t + share
            sums = row_sums(t)
        return cross_entropies(z, t, sums, grad, n)

    # The kernel needs two arrays more as large as a block, together
    # less than 1 MB.
    block_bytes = 5 * 2**16
    dtype = working_dtype(logits, targets)
    return run(
        kernel,
        plain,
        logits,
        targets,
        n,
        out,
        threads,
        dtype,
        block_bytes,
    )


def run(
    kernel: Kernel,
    plain: Loss,
    logits: Array,
    targets: Array,
    n: int,
    out: Array | None,
    threads: int,
    dtype: np.dtype,
    block_bytes: int,
) -> tuple[float, Array]:
    """Loss and gradient by the kernel, some rows at a time.

    Rows that the kernel calls poor it does again in float64, and
    those that are poor even there the plain class does.
    """
    grad = output(logits, targets, out)
    classes = logits.shape[1]
    as_it_is = all(
        array.dtype == dtype and array.flags.c_contiguous
        for array in (logits, grad)
    )
    if not as_it_is:
        # Copies of a block, of which three exist at times, count too.
        block_bytes = min(block_bytes // 4, 2**18)
    step = max(1, block_bytes // (classes * dtype.itemsize))
    step = min(step, MOST_ROWS)

    @np.errstate(all="ignore")
    def part(share: slice) -> float:
        # One number a row, set against rows shorter than its buffer,
        # NumPy first copies into that buffer as often as the row is
        # long. The errstate puts the old size back.
        if classes >= BUFFER:
            np.setbufsize(BUFFER)
        total = 0.0
        for start in range(share.start, share.stop, step):
            rows = slice(start, min(start + step, share.stop))
            # In C order: sums along rows of another order are slow,
            # and less exact.
            z = np.ascontiguousarray(logits[rows], dtype)
            slope = np.ascontiguousarray(grad[rows], dtype)
            losses, poor = kernel(z, rows, slope)
            if not np.may_share_memory(slope, grad):
                grad[rows] = slope
            if poor.any():
                losses[poor] = 0
                left: NDArray[np.integer] = start + np.flatnonzero(poor)
                if dtype != np.float64:
                    more, left = in_float64(kernel, logits, grad, left)
                    total += more
                total += by_plain_class(
                    plain, logits, targets, grad, left, n
                )
            total += float(losses.sum())
        return total

    return summed(part, len(logits), threads) / n, grad


def in_float64(
    kernel: Kernel,
    logits: Array,
    grad: Array,
    rows: NDArray[np.integer],
) -> tuple[float, NDArray[np.integer]]:
    """The kernel on some of the rows; which are poor even so."""
    total = 0.0
    still_poor = [rows[:0]]
    step = max(1, 2**14 // logits.shape[1])  # its arrays are six
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        wide = logits[some].astype(np.float64)
        slope = np.empty_like(wide)
        losses, poor = kernel(wide, some, slope)
        grad[some] = slope
        losses[poor] = 0
        total += float(losses.sum())
        still_poor.append(some[poor])
    return total, np.concatenate(still_poor)


def by_plain_class(
    plain: Loss,
    logits: Array,
    targets: Array,
    grad: Array,
    rows: NDArray[np.integer],
    n: int,
) -> float:
    """What a kernel does, by the plain class, for some of the rows."""
    total = 0.0
    step = max(1, 2**12 // logits.shape[1])  # its arrays are many
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        wide = logits[some].astype(np.float64)
        total += plain.loss(wide, targets[some]) * len(some)
        grad[some] = plain.grad(wide, targets[some]) * (len(some) / n)
    return total
