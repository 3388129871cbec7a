"""Softmax cross-entropy, over logits."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.checks import non_negative
from lossbook.divergences import weighted
from lossbook.logits import (
    Matrix,
    logit_rows,
    softmax_parts,
    target_rows,
)
from lossbook.losses.base import Loss
from lossbook.numerics import Array


class CrossEntropy(Loss):
    """L = -Σ t·log p / n, where p is the softmax of a row of z / T.

    dL/dz = (s·p - t) / (n·T), where s is the sum of the row t.

    Predictions are logits z, shape (n, K). Targets of shape (n,) are
    integer labels, read as one-hot rows t. Targets of shape (n, K)
    are the rows t themselves, of any real dtype: not negative, and as
    a rule probabilities, so that s = 1. Label smoothing ε turns t
    into (1 - ε)·t + ε/K; then weight, one per class, multiplies it.

    A row whose label is ignore_index has no loss, the gradient 0, and
    does not count in n. Weights leave n alone: a sample's gradient
    does not depend on the labels of the others. (PyTorch divides by
    the sum of the labels' weights.)

    Raises ValueError or TypeError as logit_rows and target_rows do,
    ValueError if all rows are ignored or a parameter is out of range.
    Sources: J. S. Bridle, Probabilistic interpretation of feedforward
    classification network outputs, Neurocomputing, 1990; C. Szegedy
    et al., Rethinking the Inception architecture, CVPR 2016.
    """

    def __init__(
        self,
        weight: ArrayLike | None = None,
        label_smoothing: float = 0.0,
        temperature: float = 1.0,
        ignore_index: int | None = None,
    ) -> None:
        if not 0 <= label_smoothing <= 1:
            raise ValueError(
                "label_smoothing must be in [0, 1], "
                f"not {label_smoothing}"
            )
        if not 0 < temperature < np.inf:
            raise ValueError(
                "temperature must be positive and finite, "
                f"not {temperature}"
            )
        self.weight = (
            None if weight is None else non_negative(weight, "weight")
        )
        self.label_smoothing = label_smoothing
        self.temperature = temperature
        self.ignore_index = ignore_index

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        z, t, _ = self.rows(predictions, targets)
        _, _, minus_log_p = softmax_parts(z, self.temperature)
        return float(np.sum(weighted(t, minus_log_p)) / len(z))

    @np.errstate(over="ignore")
    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        z, t, counted = self.rows(predictions, targets)
        p, rest, _ = softmax_parts(z, self.temperature)
        s = t.sum(axis=1, keepdims=True)
        # This is s·p - t, but does not cancel where p is nearly 1.
        slope = (s - t) * p - t * rest
        grad = np.zeros(np.shape(predictions))
        grad[counted] = slope / len(z) / self.temperature
        return self.cast_like(predictions, grad)

    def rows(
        self, predictions: ArrayLike, targets: ArrayLike
    ) -> tuple[Matrix, Matrix, NDArray[np.bool]]:
        """The rows of z and t that count, and which these are."""
        z = logit_rows(predictions)
        t, counted = target_rows(targets, z.shape, self.ignore_index)
        t = (1 - self.label_smoothing) * t
        t += self.label_smoothing / z.shape[1]
        if self.weight is not None:
            if self.weight.shape != z.shape[1:]:
                raise ValueError(
                    f"weight has shape {self.weight.shape}, but "
                    f"{z.shape[1]} classes need {z.shape[1:]}"
                )
            t *= self.weight
        return z[counted], t[counted], counted
