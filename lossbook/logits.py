"""What the losses over logits (n, K) share: input checks, softmax."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.checks import measures
from lossbook.numerics import Array, as_float, below_peak, one_hot

Matrix = NDArray[np.float64]


def logit_rows(predictions: ArrayLike) -> Matrix:
    """The predictions in float64, checked by check_logits."""
    return check_logits(predictions).astype(np.float64)


def check_logits(predictions: ArrayLike) -> Array:
    """The predictions, shape (n, K), as floats once checked.

    Raises ValueError if they are not n > 0 rows of K >= 2 logits, and
    TypeError if they are not real numbers.
    """
    logits = as_float(predictions, "predictions")
    shape = f"predictions have shape {logits.shape}"
    if logits.ndim > 2:
        raise ValueError(
            f"{shape}, logits need (n, K): move the K classes to the "
            "last axis, then use logits.reshape(-1, K), and "
            "labels.reshape(-1)"
        )
    if logits.ndim < 2:
        raise ValueError(
            f"{shape}, logits need (n, K): a single row of them is "
            "logits.reshape(1, -1)"
        )
    if logits.size == 0:
        raise ValueError(
            f"empty batch: predictions of shape {logits.shape}"
        )
    if logits.shape[1] < 2:
        raise ValueError(
            f"{shape}, but a choice needs K >= 2 classes: one logit "
            "per sample is for BinaryCrossEntropy"
        )
    return logits


def label_rows(
    labels: ArrayLike, shape: tuple[int, ...]
) -> NDArray[np.bool]:
    """Rows of the logits' shape, True at the label of each.

    Raises ValueError, naming row and value, for labels that are no
    integers in [0, K), and if their shape is not (n,).
    """
    labels = np.asarray(labels)
    if labels.shape != shape[:1]:
        raise ValueError(
            f"targets have shape {labels.shape}, but logits of shape "
            f"{shape} need labels of shape {shape[:1]}"
        )
    return one_hot(labels, shape[1]).astype(np.bool)


def target_rows(
    targets: ArrayLike,
    shape: tuple[int, ...],
    ignore_index: int | None = None,
) -> tuple[Matrix, NDArray[np.bool]]:
    """The targets as rows of the logits' shape, and which rows count.

    Integer labels (n,) become one-hot; a row whose label is
    ignore_index does not count. Targets (n, K) are rows already.
    Raises ValueError, naming row and value, for labels that are no
    integers in [0, K) and for values of (n, K) that are not in
    [0, inf) or have no finite sum; for another shape; and if no row
    counts.
    """
    targets = np.asarray(targets)
    if are_labels(targets, shape, ignore_index):
        labels, counted = counted_labels(targets, ignore_index)
        return one_hot(labels, shape[1]), counted
    rows = measures(targets, "targets")
    return rows.astype(np.float64), np.full(shape[0], True)


def are_labels(
    targets: Array, shape: tuple[int, ...], ignore_index: int | None
) -> bool:
    """Whether these targets are labels (n,) rather than rows (n, K).

    Raises ValueError for another shape, and for rows together with an
    ignore_index.
    """
    if targets.shape == shape[:1]:
        return True
    if targets.shape != shape:
        raise ValueError(
            f"targets have shape {targets.shape}, but logits of shape "
            f"{shape} need labels of shape {shape[:1]} or rows of "
            f"shape {shape}"
        )
    if ignore_index is not None:
        raise ValueError(
            f"ignore_index is for labels of shape {shape[:1]}, not "
            f"for rows of shape {shape}"
        )
    return False


def counted_labels(
    labels: Array, ignore_index: int | None
) -> tuple[Array, NDArray[np.bool]]:
    """The labels, 0 where they are ignore_index, and where they count.

    Raises ValueError if none counts.
    """
    if ignore_index is None:
        return labels, np.full(labels.shape, True)
    counted = labels != ignore_index
    if not counted.any():
        raise ValueError(
            f"all {len(counted)} rows are ignored: every label is "
            f"{ignore_index}"
        )
    # Zeros of the dtype: bool labels, which are refused, stay bool.
    return np.where(counted, labels, np.zeros_like(labels)), counted


def softmax_parts(
    logits: Matrix, temperature: float = 1.0
) -> tuple[Matrix, Matrix, Matrix]:
    """p, 1 - p and -log p, where p is the softmax of logits / T.

    A row may be so sure of a class that its p rounds to 1. What is
    left for the others, perhaps 4e-18, then decides loss and slope.
    So 1 - p and log p are computed from the others, not from p.
    """
    below = below_peak(logits) / temperature
    exps = np.exp(below)
    peak = below.argmax(axis=1, keepdims=True)
    is_peak = np.arange(logits.shape[1]) == peak
    others = np.where(is_peak, 0, exps).sum(axis=1, keepdims=True)
    total = 1 + others
    rest = np.where(is_peak, others, total - exps)
    return exps / total, rest / total, np.log1p(others) - below
