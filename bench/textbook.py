"""The losses as a tutorial writes them: one formula, one line.

Correct and stable, but with an array as large as the batch for every
operation. The dtype of the inputs is kept.
"""

import numpy as np
from numpy.typing import NDArray

from lossbook.numerics import Array

Result = tuple[np.floating, Array]


def softmax(z: Array) -> Array:
    exps = np.exp(z - z.max(axis=1, keepdims=True))
    shares: Array = exps / exps.sum(axis=1, keepdims=True)
    return shares


def ce(z: Array, labels: NDArray[np.integer]) -> Result:
    one_hot = np.zeros_like(z)
    one_hot[np.arange(len(z)), labels] = 1
    return soft_ce(z, one_hot)


def soft_ce(z: Array, t: Array) -> Result:
    p = softmax(z)
    return -np.sum(t * np.log(p)) / len(z), (p - t) / len(z)


def kl(z: Array, t: Array) -> Result:
    p = softmax(z)
    return np.sum(t * np.log(t / p)) / len(z), (p - t) / len(z)


def huber(p: Array, t: Array) -> Result:
    r = p - t
    small = np.abs(r) <= 1
    loss = np.where(small, r**2 / 2, np.abs(r) - 0.5)
    return np.mean(loss), np.where(small, r, np.sign(r)) / len(r)


def mse(p: Array, t: Array) -> Result:
    r = p - t
    return np.mean(r**2) / 2, r / len(r)


def mae(p: Array, t: Array) -> Result:
    r = p - t
    return np.mean(np.abs(r)), np.sign(r) / len(r)


def bce(z: Array, t: Array) -> Result:
    terms = np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))
    return np.mean(terms), (1 / (1 + np.exp(-z)) - t) / len(z)
