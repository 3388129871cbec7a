"""Quantile loss, also called pinball loss."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.losses.base import Loss
from lossbook.numerics import Array


class QuantileLoss(Loss):
    """L = Σ max(-tau·r, (1 - tau)·r) / n, r = prediction - target.

    A prediction below the target costs tau per unit, one above it
    1 - tau. dL/dprediction = (step(r) - tau) / n, where step is 0
    below the kink r = 0, 1 above it and ½ on it.
    Shapes (n,) or (n, ...), both the same; L has the target's unit.
    Raises ValueError unless 0 < tau < 1, and ValueError or TypeError
    as Loss.residual does.
    Source: R. Koenker and G. Bassett, Regression quantiles,
    Econometrica 46, 1978.
    """

    def __init__(self, tau: float) -> None:
        if not 0 < tau < 1:
            raise ValueError(f"tau must be between 0 and 1, not {tau}")
        self.tau = tau

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        residual = self.residual(predictions, targets)
        n = len(residual)
        below, above = -self.tau * residual, (1 - self.tau) * residual
        return float(np.sum(np.maximum(below, above)) / n)

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        residual = self.residual(predictions, targets)
        n = len(residual)
        slope = np.heaviside(residual, 0.5) - self.tau
        return self.cast_like(predictions, slope / n)
