"""Hinge loss: no cost beyond a margin of 1."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import check_signs
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class HingeLoss(Loss):
    """L = Σ max(0, 1 - y·z) / n.

    dL/dz = -y·step(1 - y·z) / n, where step is 0 beyond the kink at
    the margin y·z = 1, 1 before it and ½ on it.
    Predictions are scores z, targets y are -1 or +1; shapes (n,) or
    (n, ...), both the same.
    Raises ValueError, naming index and value, for another target, and
    ValueError or TypeError as Loss.pair does.
    Source: C. Cortes and V. Vapnik, Support-vector networks, Machine
    Learning 20, 1995.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        return float(np.sum(np.maximum(0, 1 - y * z)) / len(z))

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        slope = -y * np.heaviside(1 - y * z, 0.5)
        return self.cast_like(predictions, slope / len(z))
