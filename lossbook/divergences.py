"""Entropy and its kin: what a distribution says about another.

A distribution is a row of K probabilities along the last axis; arrays
of shape (..., K), equal for p and q, give an answer of shape (...).
Logarithms are natural, so answers are in nats: divide by log 2 for
bits. 0·log 0 is 0, its limit. Arithmetic is in float64, answers have
the dtype of the input.

Each function raises ValueError if p and q differ in shape, and
ValueError or TypeError as lossbook.checks.distributions does for
rows that are no distributions.

Sources: C. E. Shannon, A mathematical theory of communication, Bell
System Technical Journal 27, 1948; S. Kullback and R. A. Leibler, On
information and sufficiency, Annals of Mathematical Statistics 22,
1951; J. Lin, Divergence measures based on the Shannon entropy, IEEE
Transactions on Information Theory 37, 1991.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.checks import distributions
from lossbook.numerics import Array


def entropy(p: ArrayLike) -> Array:
    """H(p) = -Σ p·log p, from 0 to log K."""
    return cross_entropy(p, p)


def cross_entropy(p: ArrayLike, q: ArrayLike) -> Array:
    """H(p, q) = -Σ p·log q; inf if q is 0 where p is not."""
    p, q = distribution_pair(p, q)
    total: Array = np.sum(weighted(p, surprise(q)), axis=-1)
    return total.astype(np.result_type(p, q))


def kl_divergence(p: ArrayLike, q: ArrayLike) -> Array:
    """KL(p‖q) = Σ p·log(p/q) >= 0; inf if q is 0 where p is not."""
    p, q = distribution_pair(p, q)
    return relative_entropy(p, q).astype(np.result_type(p, q))


def js_divergence(p: ArrayLike, q: ArrayLike) -> Array:
    """JS(p, q) = (KL(p‖m) + KL(q‖m)) / 2 with m = (p + q) / 2.

    Symmetric, and finite: from 0 to log 2.
    """
    p, q = distribution_pair(p, q)
    both = np.add(p, q, dtype=np.float64)
    # Half of the smallest float would be 0, and the answer inf.
    tiny = np.finfo(np.float64).smallest_subnormal
    m = np.maximum(both / 2, np.minimum(both, tiny))
    total = relative_entropy(p, m) + relative_entropy(q, m)
    return (total / 2).astype(np.result_type(p, q))


@np.errstate(over="ignore")
def relative_entropy(p: Array, q: Array) -> Array:
    """KL(p‖q) of what is known to be distributions."""
    # Why not Σ p·log(p/q)? Its terms have both signs, and cancel
    # where the rows nearly agree. Σ (q - p) is 0; with it, no term
    # is negative.
    gap = np.subtract(q, p, dtype=np.float64)
    safe_p = np.where(p > 0, p, 1)
    log_ratio = np.where(
        np.abs(gap) < safe_p / 2,
        np.log1p(np.clip(gap / safe_p, -0.5, 0.5)),
        surprise(safe_p) - surprise(q),
    )
    total: Array = np.sum(gap - weighted(p, log_ratio), axis=-1)
    # It may round to -1e-26, and some take the root of a divergence.
    return np.maximum(total, 0)


def surprise(p: Array) -> NDArray[np.float64]:
    """-log p: how surprising an event of probability p is."""
    with np.errstate(divide="ignore"):
        return -np.log(p, dtype=np.float64)


@np.errstate(invalid="ignore")
def weighted(weights: Array, values: Array) -> NDArray[np.float64]:
    """weights · values in float64, where 0·inf is 0, as in 0·log 0."""
    product = np.multiply(weights, values, dtype=np.float64)
    return np.where((weights == 0) & np.isinf(values), 0, product)


def distribution_pair(
    p: ArrayLike, q: ArrayLike
) -> tuple[Array, Array]:
    """p and q as floats, once they are checked."""
    p, q = distributions(p, "p"), distributions(q, "q")
    if p.shape != q.shape:
        raise ValueError(
            f"p has shape {p.shape}, q {q.shape}: make them equal"
        )
    return p, q
