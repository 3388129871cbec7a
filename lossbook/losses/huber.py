"""Huber loss: squared near zero, absolute beyond delta."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.losses.base import Loss
from lossbook.numerics import Array


class HuberLoss(Loss):
    """L = Σ c·(r - c/2) / n with c = clip(r, -delta, delta).

    r is the residual, prediction - target. Where |r| <= delta, c is r
    and the term is r²/2; beyond, it is delta·(|r| - delta/2).
    dL/dprediction = c / n.
    Shapes (n,) or (n, ...), both the same; delta has the target's
    unit, L its square. Raises ValueError unless 0 < delta < inf, and
    ValueError or TypeError as Loss.residual does.
    Source: P. J. Huber, Robust estimation of a location parameter,
    Annals of Mathematical Statistics 35, 1964.
    """

    def __init__(self, delta: float = 1.0) -> None:
        if not 0 < delta < np.inf:
            raise ValueError(
                f"delta must be positive and finite, not {delta}"
            )
        self.delta = delta

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        residual = self.residual(predictions, targets)
        n = len(residual)
        clipped = np.clip(residual, -self.delta, self.delta)
        return float(np.sum(clipped * (residual - clipped / 2)) / n)

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        residual = self.residual(predictions, targets)
        n = len(residual)
        clipped = np.clip(residual, -self.delta, self.delta)
        return self.cast_like(predictions, clipped / n)
