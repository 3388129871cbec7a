"""The two floors: the plain class and the fused function of one loss.

`agree` holds them together. The reference is the plain class on float64
copies of the inputs, whose own tests hold it to mpmath.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossbook import fused
from lossbook.fused import batch
from lossbook.logits import softmax_parts
from lossbook.losses import (
    MAE,
    MSE,
    BinaryCrossEntropy,
    CrossEntropy,
    HuberLoss,
    KLDivLoss,
    Loss,
)
from lossbook.numerics import as_float, one_hot


@dataclass(frozen=True)
class Pair:
    fused: Callable[..., tuple[float, np.ndarray]]
    plain: Callable[..., Loss]
    # Over rows of logits (n, K), not element by element.
    rows: bool = False


PAIRS = {
    "mse": Pair(fused.mse, MSE),
    "mae": Pair(fused.mae, MAE),
    "huber": Pair(fused.huber, HuberLoss),
    "bce": Pair(fused.bce, BinaryCrossEntropy),
    "ce": Pair(fused.softmax_cross_entropy, CrossEntropy, rows=True),
    "kl": Pair(fused.kl, KLDivLoss, rows=True),
}

# In eps of the precision that is computed in, relative to the scales below.
LOSS_EPS = 8
GRAD_EPS = 4

# What a slope of the plain floor may be off itself, in eps of float64.
# Both bounds are held against exact numbers in test_fused_exact.py.
PLAIN_EPS = 4


def agree(
    name: str, predictions, targets, *, threads: int = 1, **options
) -> tuple[float, float]:
    """Assert that both floors agree; the errors of value and slope, in eps.

    Values may differ by 8 eps of their scale and slopes by 4 eps of
    theirs, beside the rounding of the reference and that to the dtype
    of the answer.
    """
    pair = PAIRS[name]
    value, grad = pair.fused(
        predictions, targets, threads=threads, **options
    )
    # In C order, where NumPy's sums along rows are good to the last digit.
    logits = as_float(predictions)
    targets = np.array(targets, order="C")
    assert type(value) is float
    assert type(grad) is np.ndarray
    assert grad.dtype == logits.dtype
    assert grad.shape == logits.shape

    plain = pair.plain(**options)
    wide = logits.astype(np.float64, order="C")
    expected = plain.loss(wide, targets)
    slopes = plain.grad(wide, targets)
    with np.errstate(all="ignore"):
        value_scale, slope_scale = scales(
            name, wide, targets, expected, slopes, options
        )
        eps = float(np.finfo(working_dtype(name, logits, targets)).eps)
        value_error = np.abs(value - expected) / (eps * value_scale)
        assert (
            same_limit(value, expected, np.dtype(np.float64), len(wide))
            or abs(value - expected) <= LOSS_EPS * eps * value_scale
            or abs(value - expected) <= 1e-320
        ), (
            f"{name} is {value}, {expected} on the plain floor: "
            f"{value_error:.3g} eps apart"
        )
        off = np.abs(grad.astype(np.float64) - slopes)
        rounding = rounding_to(grad.dtype, slopes)
        if eps > 1e-8:
            rounding += rounding_to(np.dtype(np.float32), slopes)
        allowed = GRAD_EPS * eps + PLAIN_EPS * np.finfo(np.float64).eps
        slack = allowed * slope_scale + rounding
        good = same_limit(grad, slopes, grad.dtype) | (off <= slack)
        if not good.all():
            index = np.unravel_index(np.argmin(good), good.shape)
            raise AssertionError(
                f"the slope of {name} at {tuple(map(int, index))} is "
                f"{grad[index]}, {slopes[index]} on the plain floor; "
                f"{off[index] / slack[index]:.3g} of what is allowed, "
                f"{np.sum(~good)} of {good.size} are wrong"
            )
        worst = np.where(
            off <= rounding, 0, (off - rounding) / slope_scale
        )
        return (
            float(np.nan_to_num(value_error)),
            float(np.nan_to_num(worst / eps, posinf=0).max()),
        )


def working_dtype(
    name: str, predictions: np.ndarray, targets: np.ndarray
) -> np.dtype:
    if predictions.size <= batch.SMALL:
        return np.dtype(np.float64)
    labels = name == "ce" and targets.ndim == 1
    others = [] if labels else [as_float(targets)]
    return np.result_type(predictions, np.float32, *others)


def scales(
    name: str,
    wide: np.ndarray,
    targets: np.ndarray,
    value: float,
    slopes: np.ndarray,
    options: dict,
) -> tuple[float, np.ndarray]:
    """What an eps is an eps of: for the value, and for each slope."""
    n = len(wide)
    if name == "bce":
        # Between soft labels σ(z) - t cancels: an eps of 1 is left.
        hard = (targets == 0) | (targets == 1)
        return value, np.where(hard, np.abs(slopes), 1 / n)
    if not PAIRS[name].rows:
        return value, np.abs(slopes)
    smoothing = options.get("label_smoothing", 0)
    p, _, surprise = softmax_parts(wide)
    p = np.nan_to_num(p)  # of an ignored row
    largest = np.abs(slopes).max(axis=1, keepdims=True)
    if targets.ndim == 1 and not smoothing:
        # Both floors may round z - peak before exp, which makes its error
        # grow with the distance that a sure row has from the others.
        distance = np.abs(np.log(np.maximum(largest, 1e-300) * n))
        largest = largest * (1 + distance / 8)
        sure = max(-np.log(max(value, 1e-300)), 0)
        scale = value * (1 + sure / 8)
        return scale, np.broadcast_to(largest, slopes.shape)
    if targets.ndim == 1:
        ignored = options.get("ignore_index")
        counted = np.full(n, True)
        if ignored is not None:
            counted = targets != ignored
        hot = np.where(counted, targets, 0)
        t = one_hot(hot, wide.shape[1]) * counted[:, np.newaxis]
        n = int(counted.sum())
    else:
        t = targets.astype(np.float64)
    share = smoothing / wide.shape[1]
    t = (1 - smoothing) * t + share
    sums = t.sum(axis=1, keepdims=True)
    slope_scale = np.maximum(sums * p, t).max(axis=1, keepdims=True) / n
    # The log of the total is good to an eps of 1, not of itself.
    scale = value + sums.sum() / n
    if name == "kl":
        both = np.where(t > 0, np.abs(np.log(t)) + surprise, 0)
        scale += np.sum(t * both) / n
    return float(scale), np.broadcast_to(slope_scale, slopes.shape)


def rounding_to(dtype: np.dtype, numbers: np.ndarray) -> np.ndarray:
    """What storing the numbers in this dtype may cost: 2 last digits."""
    info = np.finfo(dtype)
    least = float(info.smallest_subnormal)
    eps = float(info.eps) if dtype.itemsize < 8 else 0.0
    return eps * np.abs(numbers) + 2 * least


def same_limit(found, expected, dtype: np.dtype, n: int = 1):
    """Whether both are NaN or, once in this dtype, the same infinity."""
    end = float(np.finfo(dtype).max)
    # Sums of n terms overflow a little earlier on one floor.
    near = end * (1 - 8 * float(np.finfo(dtype).eps)) / (4 * n)
    if n == 1:
        near *= 4
    found = np.asarray(found, np.float64)
    infinite = np.isinf(found) | np.isinf(expected)
    infinite |= np.abs(expected) > end
    both = (np.abs(found) >= near) & (np.abs(expected) >= near)
    nan = np.isnan(found) & np.isnan(expected)
    same_sign = np.sign(found) == np.sign(expected)
    return nan | (infinite & both & same_sign)
