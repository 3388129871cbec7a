"""Sigmoid, softmax and their kin, in forms that do not overflow.

Floating dtypes are kept and integers become float64. NaN passes
through. At ±inf each function returns its limit, and entries that tie
for the largest share equally there too: softmax of (inf, inf, 0) is
(½, ½, 0), and of a row that is all -inf it is uniform.

Source: P. Blanchard, D. J. Higham and N. J. Higham, Accurately
computing the log-sum-exp and softmax functions, IMA Journal of
Numerical Analysis 41, 2021.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


def as_float(values: ArrayLike, name: str = "x") -> Array:
    """The values as an array of floats, of any shape.

    Raises TypeError for complex numbers, text and objects, calling
    them by `name`.
    """
    array = np.asarray(values)
    if array.dtype.kind == "f":
        return array
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    raise TypeError(f"{name} must be real numbers, not {array.dtype}")


def sigmoid(x: ArrayLike) -> Array:
    """σ(x) = 1 / (1 + exp(-x)), element by element, in [0, 1]."""
    x = as_float(x)
    # For x < 0 multiply above and below by exp(x): the exponent is
    # then never positive.
    small: Array = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


@np.errstate(over="ignore", invalid="ignore")
def below_peak(x: ArrayLike, axis: int = -1) -> Array:
    """x minus its largest entry along `axis`; 0 at that entry."""
    x = as_float(x)
    peak = np.max(x, axis=axis, keepdims=True)
    # Why not simply x - peak? Because inf - inf is NaN.
    return np.where(x == peak, 0, x - peak)


def softmax(x: ArrayLike, axis: int = -1) -> Array:
    """exp(xᵢ) / Σⱼ exp(xⱼ): shape of x, sums of 1 along axis."""
    exps: Array = np.exp(below_peak(x, axis))
    total = np.sum(exps, axis=axis, keepdims=True, dtype=np.float64)
    return (exps / total).astype(exps.dtype)


def logsumexp(
    x: ArrayLike, axis: int = -1, keepdims: bool = False
) -> Array:
    """log Σⱼ exp(xⱼ); the shape of x without `axis`."""
    x = as_float(x)
    exps: Array = np.exp(below_peak(x, axis))
    total = np.sum(exps, axis=axis, keepdims=keepdims, dtype=np.float64)
    peak: Array = np.max(x, axis=axis, keepdims=keepdims)
    return (peak + np.log(total)).astype(x.dtype)


def log_softmax(x: ArrayLike, axis: int = -1) -> Array:
    """log softmax(x); the shape of x."""
    # Subtract the peak first: next to logits of 1e38 the term log 3
    # would be rounded away.
    x = below_peak(x, axis)
    return x - logsumexp(x, axis, keepdims=True)


def one_hot(labels: ArrayLike, n_classes: int) -> NDArray[np.float64]:
    """Rows of 0 with a 1 in the column of the label.

    Integer labels of any shape give shape labels.shape + (n_classes,).
    Raises ValueError as check_labels does.
    """
    labels = np.asarray(labels)
    check_labels(labels, n_classes)
    hot: NDArray[np.bool] = labels[..., np.newaxis] == np.arange(
        n_classes
    )
    return hot.astype(np.float64)


def check_labels(labels: NDArray[np.generic], n_classes: int) -> None:
    """Raise ValueError, with the label and its index, for a label
    that is not an integer or lies outside 0 ... n_classes - 1.
    """
    integers = labels.dtype.kind in "iu" or labels.size == 0
    known = np.isin(labels, np.arange(n_classes))
    if not (integers and known.all()):
        first = np.unravel_index(np.argmin(known), known.shape)
        index = tuple(map(int, first))
        raise ValueError(
            f"label {labels[index]} ({labels.dtype}) at index {index} "
            f"is not an integer in [0, {n_classes})"
        )
