"""Answers to softmax-backward."""

import numpy as np

from answers import right, wrong


@right
def by_the_mean(p, g):
    return p * (g - np.sum(p * g, axis=-1, keepdims=True))


@right
def by_einsum(p, g):
    return p * g - p * np.einsum("nk,nk->n", p, g)[:, np.newaxis]


@right
def by_jacobians(p, g):
    eye = np.eye(p.shape[1])
    jacobians = p[:, :, None] * (eye - p[:, None, :])
    return np.matmul(jacobians, g[:, :, None])[:, :, 0]


@wrong("three rows", "The second term is missing")
def no_second_term(p, g):
    return p * g


@wrong("three rows", "Only the diagonal")
def diagonal(p, g):
    return p * (1 - p) * g


@wrong("three rows", "factor p in front")
def no_factor(p, g):
    return g - np.sum(p * g, axis=1, keepdims=True)


@wrong("three rows", "weighted by p")
def unweighted(p, g):
    return p * (g - g.sum(axis=1, keepdims=True))


@wrong("three rows", "not with equal weights")
def plain_mean(p, g):
    return p * (g - g.mean(axis=1, keepdims=True))


@wrong("three rows", "runs over all rows")
def over_all_rows(p, g):
    return p * (g - np.sum(p * g))


@wrong("three rows", "down the columns")
def down_the_columns(p, g):
    return p * (g - np.sum(p * g, axis=0))


@wrong("three rows", "The second term is subtracted")
def added(p, g):
    return p * (g + np.sum(p * g, axis=1, keepdims=True))


@wrong("three rows", "the sum of p·g, not its mean")
def mean_of_products(p, g):
    return p * (g - np.mean(p * g, axis=1, keepdims=True))


@wrong("three rows", "is in g already")
def divided_by_n(p, g):
    return by_the_mean(p, g) / len(p)


@wrong("three rows", "g minus its mean")
def flipped(p, g):
    return -by_the_mean(p, g)


@wrong("three rows", "any gradient by p")
def as_behind_cross_entropy(p, g):
    return p - g


@wrong("the input stays", "change the caller's array")
def in_place(p, g):
    g -= np.sum(p * g, axis=1, keepdims=True)
    return p * g


@wrong("no Python loop", "one by one")
def loop(p, g):
    rows = zip(p, g, strict=True)
    return np.array(
        [(np.diag(q) - np.outer(q, q)) @ s for q, s in rows]
    )
