"""Check the gradient of a loss against the loss itself."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.losses.base import Loss
from lossbook.numerics import Array, as_float

TOLERANCE = 1e-8


class GradientError(AssertionError):
    """grad is not the gradient of loss; the message says where."""


@np.errstate(all="ignore")
def gradcheck(
    loss: Loss, predictions: ArrayLike, targets: ArrayLike
) -> float:
    """Compare loss.grad with slopes measured on loss.loss.

    Predictions have shape (n, ...) and are moved one by one. Where
    the slopes below and above agree, grad must equal them. Where they
    differ there is a kink, and grad must lie between them; a kink
    nearer than about 1e-6 counts as being at the point.

    A slope is measured to about 1e-10 of the loss of the whole batch:
    beside an outlier that lifts the loss to 1e12, nobody can judge a
    slope of 1. Check with moderate numbers.

    Returns the largest relative error. Raises GradientError, which is
    an AssertionError, if grad is wrong, and ValueError if there is
    nothing to check or the loss is not finite.
    """
    predictions = as_float(predictions, "predictions").astype(float)
    targets = np.asarray(targets)
    if predictions.ndim == 0 or predictions.size == 0:
        raise ValueError(
            "gradcheck needs predictions of shape (n, ...) with n > 0, "
            f"not {predictions.shape}"
        )
    grad = as_float(loss.grad(predictions, targets), "`grad`")
    if grad.shape != predictions.shape:
        raise GradientError(
            f"`grad` has shape {grad.shape}, predictions have shape "
            f"{predictions.shape}. Each prediction needs its own slope."
        )

    low, high, doubt = np.empty((3, *predictions.shape))
    for index in np.ndindex(predictions.shape):
        sides = slopes_at(index, loss, predictions, targets)
        low[index], high[index], doubt[index] = sides
    expected = np.clip(grad, low, high)

    size = np.maximum(np.abs(grad), np.abs(expected))
    # On slopes below this floor, doubt alone is worth TOLERANCE.
    floor = doubt / TOLERANCE + np.finfo(float).tiny
    error = np.abs(grad - expected) / np.maximum(size, floor)
    wrong = ~(error <= TOLERANCE)
    if not wrong.any():
        return float(error.max())

    index = tuple(map(int, np.argwhere(wrong)[0]))
    wanted = f"{low[index]:.10g}"
    if high[index] - low[index] > doubt[index]:
        wanted += f" to {high[index]:.10g}, for it is a kink"
    where = f"prediction {predictions[index]}"
    if targets.shape == predictions.shape[: targets.ndim]:
        where += f", target {targets[index[: targets.ndim]]}"
    ratio = grad[wrong] / expected[wrong]
    raise GradientError(
        f"`grad` differs at index {index}: yours {grad[index]:.10g}, "
        f"expected {wanted} ({where}). "
        f"{diagnosis(ratio, len(grad), grad.size)}"
        f"{wrong.sum()} of {wrong.size} slopes are wrong."
    )


def slopes_at(
    index: tuple[int, ...],
    loss: Loss,
    predictions: Array,
    targets: NDArray[np.generic],
) -> tuple[float, float, float]:
    """The lower and the higher one-sided slope, and their doubt."""

    def moved(step: float) -> float:
        nearby = predictions.copy()
        nearby[index] += step
        return loss.loss(nearby, targets)

    # A power of two, so that prediction + step is exact.
    step = max(2**-3, 2**21 * np.spacing(abs(predictions[index])))
    below, doubt_below = one_sided_slope(moved, -step)
    above, doubt_above = one_sided_slope(moved, step)
    doubt = doubt_below + doubt_above
    if not np.isfinite(doubt):
        raise ValueError(
            f"the loss at or beside predictions{list(index)} = "
            f"{predictions[index]} is not finite: no slope to measure"
        )
    return min(below, above), max(below, above), doubt


def one_sided_slope(
    line: Callable[[float], float], widest: float
) -> tuple[float, float]:
    """The slope of line at 0 towards `widest`, and its doubt.

    Difference quotients (line(h) - line(0)) / h with h halved again
    and again, extrapolated to h = 0 in Richardson's way: the error is
    a·h + b·h² + ..., so 2·narrow - wide is free of a, and so on. A
    central quotient has only even powers, but hides a kink: it takes
    the mean of both sides. Of all h the best is where the slope moves
    least: wider, curvature disturbs it, narrower, rounding.

    Source: C. Ridders, Accurate computation of F'(x) and F'(x)F''(x),
    Advances in Engineering Software 4, 1982, who does it for central
    quotients.
    """
    steps = widest * 0.5 ** np.arange(21)
    values = np.array([line(step) for step in steps])
    here = line(0.0)
    slopes = (values - here) / steps
    for power in (2, 4, 8):
        slopes = (power * slopes[1:] - slopes[:-1]) / (power - 1)
    size = np.abs(values) + abs(here)
    rounding = np.finfo(float).eps * size / np.abs(steps)
    doubt = 2 * (np.abs(np.diff(slopes)) + rounding[4:])
    best = np.argmin(np.where(np.isnan(doubt), np.inf, doubt))
    return slopes[best + 1], doubt[best]


def diagnosis(ratio: Array, n: int, size: int) -> str:
    """What the wrong slopes, over the right ones, give away."""
    if np.isnan(ratio).any():
        return "NaN comes from 0/0, inf - inf or 0·inf. "
    if not np.allclose(ratio, ratio[0], rtol=1e-3):
        return ""
    causes = [
        (n, f"the division by the batch size {n} is missing"),
        (1 / n, f"it is divided by the batch size {n} twice"),
        (n / size, f"it is divided by all {size} elements, not by {n}"),
        (2, "a factor ½ is missing"),
        (1 / 2, "a factor 2 is missing"),
    ]
    factor = abs(ratio[0])
    found = [
        cause
        for value, cause in causes
        if value != 1 and np.isclose(factor, value, rtol=1e-3)
    ]
    text = ""
    if ratio[0] < 0:
        text += "The sign is flipped: is it target - prediction? "
    if found:
        text += f"A factor {factor:.4g} off: {', or '.join(found)}. "
    return text
