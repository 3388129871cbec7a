"""Answers to toolbox-softmax."""

import numpy as np

from answers import right, wrong


@right
def by_shifting(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


@right
def by_logaddexp(logits):
    total = np.logaddexp.reduce(logits, axis=-1)
    return np.exp(logits - np.expand_dims(total, -1))


@right
def by_transposing(logits):
    z = np.moveaxis(logits, -1, 0)
    exps = np.exp(z - np.amax(z, axis=0))
    return np.moveaxis(exps / np.sum(exps, axis=0), 0, -1)


@wrong("large logits", "subtract the largest logit")
def naive(logits):
    exps = np.exp(logits)
    return exps / exps.sum(axis=-1, keepdims=True)


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(logits):
    exps = np.exp(logits - np.max(logits))
    return exps / exps.sum(axis=-1, keepdims=True)


@wrong("rows of shape (n, K)", "sum along the last axis only")
def one_total(logits):
    exps = np.exp(logits - np.max(logits))
    return exps / exps.sum()


@wrong("rows of shape (n, K)", "classes are along the last axis")
def down_the_columns(logits):
    exps = np.exp(logits - logits.max(axis=0))
    return exps / exps.sum(axis=0)


@wrong("rows of shape (n, K)", "keepdims")
def without_keepdims(logits):
    exps = np.exp(logits - logits.max(axis=-1))
    return exps / exps.sum(axis=-1)


@wrong("one row", "division by the sum is missing")
def not_divided(logits):
    return np.exp(logits - logits.max(axis=-1, keepdims=True))


@wrong("one row", "its logarithm")
def log_softmax(logits):
    return np.log(by_shifting(logits))


@wrong("one row", "turned round")
def of_minus_z(logits):
    return by_shifting(-logits)


@wrong("one row", "classes do not share one total")
def sigmoids(logits):
    return 1 / (1 + np.exp(-logits))


@wrong("a masked logit", "not the smallest")
def minus_the_smallest(logits):
    exps = np.exp(logits - logits.min(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


@wrong("the input stays", "change the caller's array")
def in_place(logits):
    logits -= logits.max(axis=-1, keepdims=True)
    return by_shifting(logits)


@wrong("no Python loop", "one by one")
def by_loop(logits):
    if logits.ndim > 1:
        return np.array([by_loop(row) for row in logits])
    return by_shifting(logits)


@right
def classes_first(logits):
    z = np.moveaxis(logits, -1, 0)
    exps = np.exp(z - z.max(axis=0))
    return np.moveaxis(exps / exps.sum(axis=0), 0, -1)


@wrong("one row", "Nearly right")
def with_a_small_epsilon(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / (exps.sum(axis=-1, keepdims=True) + 1e-8)


@wrong("large logits", "beyond the clip")
def clipped(logits):
    exps = np.exp(np.clip(logits, -500, 500))
    return exps / exps.sum(axis=-1, keepdims=True)


@wrong("one row", "axis=-1 is the last one")
def along_axis_1(logits):
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)
