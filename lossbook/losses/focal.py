"""Focal loss: cross-entropy that turns from what it is sure of."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.checks import require
from lossbook.divergences import weighted
from lossbook.losses.base import Loss
from lossbook.losses.binary_cross_entropy import softplus
from lossbook.numerics import Array, sigmoid


class FocalLoss(Loss):
    """L = -Σ a·(1 - p)^gamma·log p / n, p that of the true class.

    With the margin u = z for label 1 and u = -z for label 0, p is
    σ(u) and dL/du = -a·(1 - p)^gamma·(1 - p - gamma·p·log p) / n.
    The weight a is alpha for label 1, 1 - alpha for label 0, and 1
    for both if alpha is None. Without gamma, it is cross-entropy.
    Predictions are logits z, targets labels 0 and 1; shapes (n,) or
    (n, ...), both the same.
    Raises ValueError, naming index and value, for another label,
    unless 0 <= gamma < inf and 0 < alpha < 1, and ValueError or
    TypeError as Loss.pair does.
    Source: T.-Y. Lin et al., Focal loss for dense object detection,
    ICCV 2017.
    """

    def __init__(
        self, gamma: float = 2.0, alpha: float | None = None
    ) -> None:
        if not 0 <= gamma < np.inf:
            raise ValueError(f"gamma must be in [0, inf), not {gamma}")
        if alpha is not None and not 0 < alpha < 1:
            raise ValueError(
                f"alpha must be between 0 and 1, not {alpha}"
            )
        self.gamma = gamma
        self.alpha = alpha

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        _, u, factor = self.margins(predictions, targets)
        return float(np.sum(factor * softplus(-u)) / len(u))

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        sign, u, factor = self.margins(predictions, targets)
        # 1 - σ(u) is σ(-u), and -log σ(u) is softplus(-u).
        log_part = self.gamma * weighted(sigmoid(u), softplus(-u))
        slope = -sign * factor * (sigmoid(-u) + log_part)
        return self.cast_like(predictions, slope / len(u))

    def margins(
        self, predictions: ArrayLike, targets: ArrayLike
    ) -> tuple[Array, Array, Array]:
        """The sign of each label, u, and a·(1 - p)^gamma."""
        z, t = self.pair(predictions, targets)
        require((t == 0) | (t == 1), t, "targets", "not 0 or 1")
        sign = 2 * t - 1
        factor = sigmoid(-sign * z) ** self.gamma
        if self.alpha is not None:
            factor *= np.where(t == 1, self.alpha, 1 - self.alpha)
        return sign, sign * z, factor
