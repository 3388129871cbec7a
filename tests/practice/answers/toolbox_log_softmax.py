"""Answers to toolbox-log-softmax."""

import numpy as np

from answers import right, wrong


def stable_softmax(z):
    exps = np.exp(z - z.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


@right
def by_shifting(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


@right
def by_logaddexp(logits):
    z = logits - np.amax(logits, axis=-1)[..., np.newaxis]
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


@right
def by_log1p_of_the_others(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    total = np.exp(z).sum(axis=-1, keepdims=True)
    return np.subtract(z, np.log1p(total - 1))


@wrong("a class far behind", "underflows to 0 before its log")
def log_of_softmax(logits):
    return np.log(stable_softmax(logits))


@wrong("a class far behind", "caps it at −27.6")
def with_epsilon(logits):
    return np.log(stable_softmax(logits) + 1e-12)


@wrong("a class far behind", "caps its log at −34.5")
def clipped(logits):
    return np.log(np.clip(stable_softmax(logits), 1e-15, 1))


@wrong("a class far behind", "exp overflows")
def without_the_shift(logits):
    return logits - np.log(np.exp(logits).sum(-1, keepdims=True))


@wrong("equal logits of 1e38", "rounded away")
def with_the_maximum_added_back(logits):
    peak = logits.max(axis=-1, keepdims=True)
    total = np.exp(logits - peak).sum(axis=-1, keepdims=True)
    return logits - (peak + np.log(total))


@wrong("one row", "shares do not sum to 1")
def shifted_only(logits):
    return logits - logits.max(axis=-1, keepdims=True)


@wrong("one row", "in the exponent only")
def shifted_in_the_exponent_only(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return logits - np.log(exps.sum(axis=-1, keepdims=True))


@wrong("one row", "is added")
def plus_the_log(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return z + np.log(np.exp(z).sum(axis=-1, keepdims=True))


@wrong("rows of shape (n, K)", "classes are along the last axis")
def down_the_columns(logits):
    z = logits - logits.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


@wrong("one row", "log is missing")
def softmax(logits):
    return stable_softmax(logits)


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(logits):
    z = logits - logits.max()
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


@wrong("the input stays", "change the caller's array")
def in_place(logits):
    logits -= logits.max(axis=-1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return logits


@wrong("no Python loop", "one by one")
def by_loop(logits):
    if logits.ndim > 1:
        return np.stack([by_loop(row) for row in logits])
    return by_shifting(logits)


@right
def in_place_of_its_own(logits):
    z = np.subtract(logits, np.max(logits, axis=-1, keepdims=True))
    z -= np.logaddexp.reduce(z, axis=-1, keepdims=True)
    return z


@wrong("one row", "1/log 10")
def in_base_10(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return log_p / np.log(10)


@wrong("a class far behind", "keeps it from growing")
def capped(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = exps / exps.sum(axis=-1, keepdims=True)
    return np.log(np.maximum(p, 1e-30))
