"""scikit-learn: its metrics, and the losses that its models train on.

The latter are private to it, but they alone have gradients, compiled
and for several threads. They are handed arrays for their results.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special
from sklearn import metrics
from sklearn._loss import loss as private

from bench.cases import Batch
from bench.contestant import Contestant
from lossbook.numerics import Array


def mean_squared_error(p: Array, t: Array) -> Any:
    return metrics.mean_squared_error(t, p) / 2


def mean_absolute_error(p: Array, t: Array) -> Any:
    return metrics.mean_absolute_error(t, p)


def log_loss(z: Array, t: NDArray[Any]) -> Any:
    """It wants probabilities: SciPy's softmax or sigmoid first.

    And in float64, since it clips them to [ε, 1 - ε] of their dtype.
    """
    z = z.astype(np.float64)
    if z.ndim == 1:
        return metrics.log_loss(t, special.expit(z))
    p = special.softmax(z, axis=1)
    return metrics.log_loss(t, p, labels=np.arange(z.shape[1]))


METRICS = {
    "ce": log_loss,
    "mse": mean_squared_error,
    "mae": mean_absolute_error,
    "bce": log_loss,
}


def make_loss(batch: Batch) -> Any:
    loss = batch.case.loss
    if loss == "ce":
        classes = batch.case.shape[1]
        return private.HalfMultinomialLoss(n_classes=classes)
    if loss == "huber":
        return private.HuberLoss(delta=1.0)
    kinds = {
        "mse": private.HalfSquaredError,
        "mae": private.AbsoluteError,
        "bce": private.HalfBinomialLoss,
    }
    return kinds[loss]() if loss in kinds else None


def contestants(batch: Batch, threads: int) -> Iterator[Contestant]:
    p, t = batch.predictions, batch.targets
    if batch.case.loss in METRICS:
        metric = METRICS[batch.case.loss]
        yield Contestant(
            "scikit-learn metric", lambda: (metric(p, t), None)
        )
    if loss := make_loss(batch):
        labels = t.astype(p.dtype)
        terms = np.empty(len(p), p.dtype)
        slopes = np.empty_like(p)

        def call() -> tuple[Any, Any]:
            loss.loss_gradient(
                labels,
                p,
                loss_out=terms,
                gradient_out=slopes,
                n_threads=threads,
            )
            np.multiply(slopes, 1 / len(p), out=slopes)
            return np.mean(terms), slopes

        yield Contestant("scikit-learn private, out=", call)
