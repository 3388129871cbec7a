"""Half the mean squared error."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.losses.base import Loss
from lossbook.numerics import Array


class MSE(Loss):
    """L = Σ r² / (2n) with the residual r = prediction - target.

    dL/dprediction = r / n: the ½ cancels the 2 of the square.
    Shapes (n,) or (n, ...), both the same; L has the target's unit,
    squared. Raises ValueError or TypeError as Loss.residual does.
    Source: A.-M. Legendre, 1805; C. F. Gauss, 1809.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        residual = self.residual(predictions, targets)
        n = len(residual)
        return float(np.sum(residual**2) / (2 * n))

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        residual = self.residual(predictions, targets)
        n = len(residual)
        return self.cast_like(predictions, residual / n)
