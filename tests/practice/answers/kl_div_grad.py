"""Answers to kl-div-grad."""

import numpy as np

from answers import right, wrong


def stable_softmax(z):
    exps = np.exp(z - z.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


@right
def difference(logits, targets):
    return (stable_softmax(logits) - targets) / len(logits)


@right
def by_logaddexp(logits, targets):
    total = np.logaddexp.reduce(logits, axis=1, keepdims=True)
    grad = np.exp(logits - total)
    grad -= targets
    return grad / targets.shape[0]


@right
def by_the_jacobian(logits, targets):
    p = stable_softmax(logits)
    # t_j (p_k - [j = k]), summed over j
    spread = targets.sum(axis=1, keepdims=True) * p
    return (spread - targets) * (1 / len(p))


@wrong("three rows", "softmax minus target")
def flipped(logits, targets):
    return (targets - stable_softmax(logits)) / len(logits)


@wrong("three rows", "n = 3 is missing")
def not_averaged(logits, targets):
    return stable_softmax(logits) - targets


@wrong("three rows", "all 12 entries")
def by_all_entries(logits, targets):
    return (stable_softmax(logits) - targets) / targets.size


@wrong("three rows", "gradient by the probabilities")
def by_the_probabilities(logits, targets):
    return -targets / stable_softmax(logits) / len(targets)


@wrong("three rows", "no softmax of them")
def softmax_of_targets(logits, targets):
    gap = stable_softmax(logits) - stable_softmax(targets)
    return gap / len(targets)


@wrong("three rows", "each row has to sum to 0")
def softmax_only(logits, targets):
    return stable_softmax(logits) / len(targets)


@wrong("three rows", "other direction")
def of_the_reversed_kl(logits, targets):
    p = stable_softmax(logits)
    gap = np.log(p) - np.log(np.where(targets > 0, targets, 1))
    return p * (gap - (p * gap).sum(1, keepdims=True)) / len(p)


@wrong("three rows", "only the class's own term".capitalize())
def diagonal_of_the_jacobian(logits, targets):
    return targets * (stable_softmax(logits) - 1) / len(targets)


@wrong("large logits", "inf / inf is NaN")
def naive(logits, targets):
    exps = np.exp(logits)
    p = exps / exps.sum(axis=1, keepdims=True)
    return (p - targets) / len(targets)


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(logits, targets):
    exps = np.exp(logits - logits.max())
    p = exps / exps.sum(axis=1, keepdims=True)
    return (p - targets) / len(targets)


@wrong("three rows", "keepdims")
def without_keepdims(logits, targets):
    exps = np.exp(logits - logits.max(axis=1))
    return (exps / exps.sum(axis=1) - targets) / len(targets)


@wrong("the input stays", "change the caller's array")
def in_place(logits, targets):
    logits -= logits.max(axis=1, keepdims=True)
    return difference(logits, targets)


@wrong("no Python loop", "one by one")
def by_loop(logits, targets):
    rows = [
        stable_softmax(z[None])[0] - t
        for z, t in zip(logits, targets, strict=True)
    ]
    return np.array(rows) / len(rows)


@right
def transposed_all_along(logits, targets):
    p = np.exp(logits.T - logits.max(axis=1))
    p /= p.sum(axis=0)
    return (p - targets.T).T / len(logits)


@wrong("three rows", "4, the length of the last axis")
def over_the_classes(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True) - targets) / p.shape[1]


@wrong("large logits", "first check fails too")
def times_p(logits, targets):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return p * (p - targets) / len(p)
