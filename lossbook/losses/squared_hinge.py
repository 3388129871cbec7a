"""Squared hinge loss: the hinge without its kink."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import check_signs
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class SquaredHinge(Loss):
    """L = Σ max(0, 1 - y·z)² / n.

    dL/dz = -2·y·max(0, 1 - y·z) / n.
    Predictions are scores z, targets y are -1 or +1; shapes (n,) or
    (n, ...), both the same.
    Raises ValueError, naming index and value, for another target, and
    ValueError or TypeError as Loss.pair does.
    Source: C.-J. Hsieh et al., A dual coordinate descent method for
    large-scale linear SVM, ICML 2008.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        return float(np.sum(np.maximum(0, 1 - y * z) ** 2) / len(z))

    @np.errstate(over="ignore")
    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, y = self.pair(predictions, targets)
        check_signs(y)
        slope = -2 * y * np.maximum(0, 1 - y * z)
        return self.cast_like(predictions, slope / len(z))
