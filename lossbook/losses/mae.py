"""Mean absolute error."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.losses.base import Loss
from lossbook.numerics import Array


class MAE(Loss):
    """L = Σ |r| / n with the residual r = prediction - target.

    dL/dprediction = sign(r) / n, and 0 at the kink r = 0.
    Shapes (n,) or (n, ...), both the same; L has the target's unit.
    Raises ValueError or TypeError as Loss.residual does.
    Source: R. J. Boscovich, 1757; P.-S. Laplace, 1774.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        residual = self.residual(predictions, targets)
        n = len(residual)
        return float(np.sum(np.abs(residual)) / n)

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        residual = self.residual(predictions, targets)
        n = len(residual)
        return self.cast_like(predictions, np.sign(residual) / n)
