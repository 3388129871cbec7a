"""Binary cross-entropy, over logits."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import require
from lossbook.divergences import weighted
from lossbook.losses.base import Loss
from lossbook.numerics import Array, sigmoid


class BinaryCrossEntropy(Loss):
    """L = -Σ (w·t·log σ(z) + (1 - t)·log(1 - σ(z))) / n.

    dL/dz = ((1 - t)·σ(z) - w·t·σ(-z)) / n, which without the weight
    w = pos_weight of the positive class is (σ(z) - t) / n.
    Predictions are logits z, targets t probabilities of class 1;
    shapes (n,) or (n, ...), both the same.
    Raises ValueError, naming index and value, for a target outside
    [0, 1], ValueError unless 0 < pos_weight < inf, and ValueError or
    TypeError as Loss.pair does.
    Source: D. R. Cox, The regression analysis of binary sequences,
    Journal of the Royal Statistical Society B 20, 1958.
    """

    def __init__(self, pos_weight: float | None = None) -> None:
        if pos_weight is not None and not 0 < pos_weight < np.inf:
            raise ValueError(
                "pos_weight must be positive and finite, "
                f"not {pos_weight}"
            )
        self.pos_weight = 1.0 if pos_weight is None else pos_weight

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, t = self.pair(predictions, targets)
        check_shares(t)
        positive = weighted(self.pos_weight * t, softplus(-z))
        negative = weighted(1 - t, softplus(z))
        return float(np.sum(positive + negative) / len(z))

    @np.errstate(over="ignore")
    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, t = self.pair(predictions, targets)
        check_shares(t)
        # Why not σ(z) - t? Where σ(z) is nearly 1, it cancels.
        slope = (1 - t) * sigmoid(z) - self.pos_weight * t * sigmoid(-z)
        return self.cast_like(predictions, slope / len(z))


def softplus(x: Array) -> Array:
    """log(1 + e^x) = -log σ(-x), which never overflows."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def check_shares(t: Array) -> None:
    require((t >= 0) & (t <= 1), t, "targets", "not in [0, 1]")
