"""Log-cosh: a smooth cousin of Huber."""

import numpy as np
from numpy.typing import ArrayLike

from lossbook.losses.base import Loss
from lossbook.numerics import Array


class LogCosh(Loss):
    """L = Σ log cosh r / n with the residual r = prediction - target.

    dL/dprediction = tanh(r) / n.
    Shapes (n,) or (n, ...), both the same; r enters an exponential,
    so scale the target to have no unit.
    Raises ValueError or TypeError as Loss.residual does.
    Source: P. J. Green, Bayesian reconstructions from emission
    tomography data, IEEE Transactions on Medical Imaging 9, 1990.
    """

    @np.errstate(over="ignore")
    def loss(self, predictions: ArrayLike, targets: ArrayLike) -> float:
        residual = self.residual(predictions, targets)
        n = len(residual)
        size = np.abs(residual)
        # cosh overflows, so pull e^|r| out of it. Near 0 the terms of
        # that cancel, so use cosh² = 1 + sinh² there.
        far = size + np.log1p(np.exp(-2 * size)) - np.log(2)
        near = np.log1p(np.sinh(size) ** 2) / 2
        return float(np.sum(np.where(size < 1, near, far)) / n)

    def grad(self, predictions: ArrayLike, targets: ArrayLike) -> Array:
        residual = self.residual(predictions, targets)
        n = len(residual)
        return self.cast_like(predictions, np.tanh(residual) / n)
