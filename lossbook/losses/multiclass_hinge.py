"""Hinge loss for many classes, after Weston and Watkins."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.logits import Matrix, label_rows, logit_rows
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class MultiClassHinge(Loss):
    """L = Σ Σ_{k≠y} max(0, 1 + z_k - z_y) / n.

    Every class that comes within 1 of the label's score, or beats it,
    costs; Crammer and Singer count only the worst of them.
    dL/dz_k = step(1 + z_k - z_y) / n for k ≠ y, where step is 0 below
    the kink, 1 above it and ½ on it; dL/dz_y is minus their sum.
    Predictions are scores z of shape (n, K), targets y integer labels
    of shape (n,).
    Raises ValueError or TypeError as logit_rows does, and ValueError,
    naming row and value, for labels that are no integers in [0, K).
    Source: J. Weston and C. Watkins, Support vector machines for
    multi-class pattern recognition, ESANN 1999.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        excess, _ = self.excess(predictions, targets)
        return float(np.sum(np.maximum(0, excess)) / len(excess))

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        excess, is_label = self.excess(predictions, targets)
        slope = np.heaviside(excess, 0.5)
        slope -= is_label * slope.sum(axis=1, keepdims=True)
        return self.cast_like(predictions, slope / len(excess))

    @staticmethod
    @np.errstate(over="ignore", invalid="ignore")
    def excess(
        predictions: ArrayLike, targets: ArrayLike
    ) -> tuple[Matrix, NDArray[np.bool]]:
        """1 + z_k - z_y, and -inf where k is the label y."""
        z = logit_rows(predictions)
        is_label = label_rows(targets, z.shape)
        z_y = z[is_label][:, np.newaxis]
        return np.where(is_label, -np.inf, 1 + (z - z_y)), is_label
