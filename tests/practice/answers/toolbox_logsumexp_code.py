"""Answers to toolbox-logsumexp-code."""

import numpy as np

from answers import right, wrong


@right
def by_shifting(x):
    peak = x.max(axis=-1, keepdims=True)
    total = np.exp(x - peak).sum(axis=-1)
    return np.log(total) + peak[..., 0]


@right
def by_logaddexp(x):
    return np.logaddexp.reduce(x, axis=-1)


@right
def by_squeezing(x):
    peak = np.amax(x, axis=-1, keepdims=True)
    exps = np.exp(np.subtract(x, peak))
    total = peak + np.log(exps.sum(axis=-1, keepdims=True))
    return np.squeeze(total, axis=-1)


@wrong("large entries", "pull out the largest entry")
def naive(x):
    return np.log(np.exp(x).sum(axis=-1))


@wrong("one row", "not added back")
def without_the_maximum(x):
    peak = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - peak).sum(axis=-1))


@wrong("one row", "log of the mean")
def of_the_mean(x):
    peak = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - peak).mean(axis=-1)) + peak[..., 0]


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(x):
    return np.log(np.exp(x - x.max()).sum(axis=-1)) + x.max()


@wrong("one row", "Only the maximum is left")
def maximum(x):
    return x.max(axis=-1)


@wrong("entries far below", "largest size is not the largest entry")
def by_the_largest_size(x):
    peak = np.abs(x).max(axis=-1, keepdims=True)
    return np.log(np.exp(x - peak).sum(axis=-1)) + peak[..., 0]


@wrong("rows of shape (n, K)", "axis was lost or added")
def with_an_axis_too_many(x):
    peak = x.max(axis=-1, keepdims=True)
    total = np.exp(x - peak).sum(axis=-1, keepdims=True)
    return (
        (np.log(total) + peak).reshape(-1, 1)
        if x.ndim > 1
        else by_shifting(x)
    )


@wrong("rows of shape (n, K)", "(n,) against (n, 1) broadcasts")
def broadcasting(x):
    peak = x.max(axis=-1, keepdims=True)
    return peak + np.log(np.exp(x - peak).sum(axis=-1))


@wrong("rows of shape (n, K)", "single number")
def over_all(x):
    return np.log(np.exp(x - x.max()).sum()) + x.max()


@wrong("one row", "bits")
def in_bits(x):
    peak = x.max(axis=-1, keepdims=True)
    return np.log2(np.exp(x - peak).sum(axis=-1)) + peak[..., 0]


@wrong("the input stays", "change the caller's array")
def in_place(x):
    peak = x.max(axis=-1)
    x -= peak[..., np.newaxis]
    return np.log(np.exp(x).sum(axis=-1)) + peak


@wrong("no Python loop", "one by one")
def by_loop(x):
    if x.ndim > 1:
        return np.array([by_loop(row) for row in x])
    return by_shifting(x)


@right
def sorted_first(x):
    x = np.sort(x, axis=-1)
    rest = np.exp(x[..., :-1] - x[..., -1:])
    return x[..., -1] + np.log1p(rest.sum(axis=-1))


@right
def class_by_class(x):
    total = x[..., 0]
    for k in range(1, x.shape[-1]):
        total = np.logaddexp(total, x[..., k])
    return total


@wrong("rows of shape (n, K)", "broadcasts to (n, n)")
def all_pairs(x):
    peak = np.max(x, axis=-1, keepdims=True)
    total = np.sum(np.exp(x - peak), axis=-1, keepdims=True)
    return peak[..., 0] + np.log(total)


@wrong("one row", "Nearly right")
def with_an_epsilon(x):
    peak = np.max(x, axis=-1, keepdims=True)
    total = np.sum(np.exp(x - peak), axis=-1)
    return peak[..., 0] + np.log(total + 1e-8)
