"""Answers to entropy-in-nats."""

import numpy as np

from answers import right, wrong


@right
def by_where(p):
    return -(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1)


@right
def by_log_with_where(p):
    log_p = np.log(p, out=np.zeros_like(p), where=p != 0)
    return np.sum(-p * log_p, axis=-1)


@right
def by_nansum(p):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nansum(p * np.log(p), axis=-1)


@wrong("classes of probability 0", "0 · log 0 is NaN")
def naive(p):
    return -np.sum(p * np.log(p), axis=-1)


@wrong("a row of each kind", "minus stands in front")
def without_the_minus(p):
    return -by_where(p)


@wrong("a row of each kind", "bits")
def in_bits(p):
    return -(p * np.log2(np.where(p > 0, p, 1))).sum(axis=-1)


@wrong("a very rare class", "ε in the log drowns")
def with_epsilon(p):
    return -np.sum(p * np.log(p + 1e-12), axis=-1)


@wrong("a row of each kind", "A single number")
def summed_over_all(p):
    return -(p * np.log(np.where(p > 0, p, 1))).sum()


@wrong("a row of each kind", "wrong one was summed")
def along_the_rows(p):
    terms = p * np.log(np.where(p > 0, p, 1))
    return -terms.sum(axis=0)


@wrong("a row of each kind", "not their mean")
def mean_over_classes(p):
    return -(p * np.log(np.where(p > 0, p, 1))).mean(axis=-1)


@wrong("a row of each kind", "weights p are missing")
def without_weights(p):
    return -np.log(np.where(p > 0, p, 1)).sum(axis=-1)


@wrong("a row of each kind", "axis was lost or added")
def with_an_axis_too_many(p):
    terms = p * np.log(np.where(p > 0, p, 1))
    return -terms.sum(axis=-1, keepdims=True)


@wrong("the input stays", "change the caller's array")
def in_place(p):
    p[p == 0] = 1
    return -np.sum(p * np.log(p), axis=-1)


@wrong("no Python loop", "one by one")
def by_loop(p):
    if p.ndim > 1:
        return np.array([by_loop(row) for row in p])
    return np.float64(sum(-x * np.log(x) for x in p if x > 0))


@wrong("one distribution", "raised")
def for_two_axes_only(p):
    return by_where(p).reshape(p.shape[0], 1)[:, 0]


@right
def log_where_it_exists(p):
    log_p = np.zeros_like(p)
    np.log(p, out=log_p, where=p > 0)
    return -np.einsum("...k,...k->...", p, log_p)


@right
def by_the_smallest_float(p):
    return -np.sum(p * np.log(np.maximum(p, 1e-300)), axis=-1)


@wrong("a row of each kind", "1/log 10")
def in_base_10(p):
    return -np.sum(p * np.log10(np.where(p > 0, p, 1)), axis=-1)


@wrong("one distribution", "axis=-1 is the last one")
def along_axis_1(p):
    return -np.sum(p * np.log(np.where(p > 0, p, 1)), axis=1)


@wrong("classes of probability 0", "first check fails too")
def with_the_other_side(p):
    q = 1 - p
    other = q * np.log(np.where(q > 0, q, 1))
    return entropy_of(p) - np.sum(other, axis=-1)


def entropy_of(p):
    return -np.sum(p * np.log(np.where(p > 0, p, 1)), axis=-1)
