"""SciPy's special functions: values only."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from bench.cases import Batch
from bench.contestant import Contestant
from lossbook.numerics import Array


def ce(z: Array, labels: NDArray[np.integer]) -> Any:
    log_p = special.log_softmax(z, axis=1)
    return -np.mean(log_p[np.arange(len(z)), labels])


def soft_ce(z: Array, t: Array) -> Any:
    return -np.sum(t * special.log_softmax(z, axis=1)) / len(z)


def kl(z: Array, t: Array) -> Any:
    p = special.softmax(z, axis=1)
    return np.sum(special.rel_entr(t, p)) / len(z)


def huber(p: Array, t: Array) -> Any:
    # A delta of the dtype, lest float32 be computed in float64.
    return np.mean(special.huber(p.dtype.type(1), p - t))


def bce(z: Array, t: Array) -> Any:
    terms = t * special.log_expit(z) + (1 - t) * special.log_expit(-z)
    return -np.mean(terms)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ce": ce,
    "soft ce": soft_ce,
    "kl": kl,
    "huber": huber,
    "bce": bce,
}


def contestants(batch: Batch, _threads: int) -> Iterator[Contestant]:
    if function := FUNCTIONS.get(batch.case.loss):
        yield Contestant(
            "SciPy",
            lambda: (function(batch.predictions, batch.targets), None),
        )
