"""What every loss shares: the interface and the input check."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.numerics import Array, as_float


class Loss:
    """A loss of predictions and targets, averaged over the batch.

    Both have the same shape (n,) or (n, ...), n being the batch size:
    a batch's loss is the sum over all elements, divided by n.
    Arithmetic is in float64. What is too large for it is inf, and
    inf - inf is NaN; the value says so and no warning repeats it.
    """

    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        """The loss, one number."""
        raise NotImplementedError

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        """Its gradient, of the shape and dtype of predictions."""
        raise NotImplementedError

    @staticmethod
    @np.errstate(over="ignore")
    def pair(
        predictions: ArrayLike, targets: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Predictions and targets in float64, checked by check_pair."""
        predictions, targets = check_pair(predictions, targets)
        return predictions.astype(np.float64), targets.astype(
            np.float64
        )

    @classmethod
    @np.errstate(over="ignore", invalid="ignore")
    def residual(
        cls, predictions: ArrayLike, targets: ArrayLike
    ) -> NDArray[np.float64]:
        """predictions - targets in float64, checked by check_pair."""
        predictions, targets = cls.pair(predictions, targets)
        return predictions - targets

    @staticmethod
    @np.errstate(over="ignore")
    def cast_like(
        predictions: ArrayLike, grad: NDArray[np.float64]
    ) -> Array:
        """grad in the floating dtype of predictions."""
        return grad.astype(as_float(predictions).dtype)


def check_pair(
    predictions: ArrayLike, targets: ArrayLike
) -> tuple[Array, Array]:
    """Predictions and targets as floats, once they are checked.

    Raises ValueError if the shapes differ, if there is no batch axis
    or nothing in the batch, and TypeError if an input is not made of
    real numbers.
    """
    predictions = as_float(predictions, "predictions")
    targets = as_float(targets, "targets")
    if predictions.shape != targets.shape:
        raise ValueError(
            f"predictions have shape {predictions.shape}, "
            f"targets {targets.shape}: make them equal"
        )
    if predictions.ndim == 0:
        raise ValueError(
            "predictions and targets are single numbers, without a "
            "batch axis: pass [prediction] and [target]"
        )
    if predictions.size == 0:
        raise ValueError(
            f"empty batch: predictions of shape {predictions.shape}"
        )
    return predictions, targets
