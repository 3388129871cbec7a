"""Kullback-Leibler divergence of probabilities, over logits."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import distributions
from lossbook.divergences import surprise, weighted
from lossbook.logits import Matrix, logit_rows, softmax_parts
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class KLDivLoss(Loss):
    """L = Σ t·(log t - log p) / n, where p is the softmax of z.

    dL/dz = (p - t) / n: the sum of t·log t does not depend on z, so
    this is the gradient of the cross-entropy.
    Predictions are logits z of shape (n, K), targets are rows t of
    probabilities, of the same shape; 0·log 0 is 0. L is in nats.
    Raises ValueError or TypeError as logit_rows does, and as
    distributions does for rows that do not sum to 1; ValueError if
    the shapes differ.
    Source: S. Kullback and R. A. Leibler, On information and
    sufficiency, Annals of Mathematical Statistics 22, 1951.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, t = self.rows(predictions, targets)
        _, _, minus_log_p = softmax_parts(z)
        excess = minus_log_p - surprise(np.where(t > 0, t, 1))
        return float(np.sum(weighted(t, excess)) / len(z))

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, t = self.rows(predictions, targets)
        p, rest, _ = softmax_parts(z)
        s = t.sum(axis=1, keepdims=True)  # 1, but for rounding
        # This is s·p - t, but does not cancel where p is nearly 1.
        slope = (s - t) * p - t * rest
        return self.cast_like(predictions, slope / len(z))

    @staticmethod
    def rows(
        predictions: ArrayLike, targets: ArrayLike
    ) -> tuple[Matrix, Matrix]:
        """The logits z and the probabilities t, once checked."""
        z = logit_rows(predictions)
        check_shapes(z.shape, np.shape(targets))
        t = distributions(targets, "targets")
        return z, t.astype(np.float64)


def check_shapes(
    predictions: tuple[int, ...], targets: tuple[int, ...]
) -> None:
    if targets != predictions:
        raise ValueError(
            f"predictions have shape {predictions}, targets "
            f"{targets}: make them equal (integer labels are for "
            "CrossEntropy)"
        )
