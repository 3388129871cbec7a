"""Exponential loss: what AdaBoost minimises."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import check_signs
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class ExponentialLoss(Loss):
    """L = Σ exp(-y·z) / n.

    dL/dz = -y·exp(-y·z) / n: a margin of -10 pulls 22,026 times as
    hard as one of 0.
    Predictions are scores z, targets y are -1 or +1; shapes (n,) or
    (n, ...), both the same.
    Raises ValueError, naming index and value, for another target, and
    ValueError or TypeError as Loss.pair does.
    Source: J. Friedman, T. Hastie and R. Tibshirani, Additive
    logistic regression, Annals of Statistics 28, 2000.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        return float(np.sum(np.exp(-y * z)) / len(z))

    @np.errstate(over="ignore")
    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        return self.cast_like(predictions, -y * np.exp(-y * z) / len(z))
