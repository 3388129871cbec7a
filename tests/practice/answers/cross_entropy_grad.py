"""Answers to cross-entropy-grad."""

import numpy as np

from answers import right, wrong


def stable_softmax(z):
    exps = np.exp(z - z.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


@right
def by_subtracting_one(logits, labels):
    p = stable_softmax(logits)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@right
def by_one_hot(logits, labels):
    hot = np.eye(logits.shape[1])[labels]
    return (stable_softmax(logits) - hot) / logits.shape[0]


@right
def by_log_softmax(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1, keepdims=True)
    hot = labels[:, np.newaxis] == np.arange(logits.shape[1])
    return np.where(
        hot, np.expm1(logits - total), np.exp(logits - total)
    ) / len(hot)


@wrong("three rows", "probability minus one-hot")
def flipped(logits, labels):
    return -by_one_hot(logits, labels)


@wrong("three rows", "n = 3 is missing")
def not_averaged(logits, labels):
    return by_one_hot(logits, labels) * len(labels)


@wrong("three rows", "all 12 entries")
def by_all_entries(logits, labels):
    return by_one_hot(logits, labels) * len(labels) / logits.size


@wrong("three rows", "1 of the label is not subtracted")
def softmax_only(logits, labels):
    return stable_softmax(logits) / len(labels)


@wrong("three rows", "in every row")
def one_from_all_the_labels_columns(logits, labels):
    p = stable_softmax(logits)
    p[:, labels] -= 1
    return p / len(labels)


@wrong("three rows", "gradient by the probabilities")
def by_the_probabilities(logits, labels):
    hot = np.eye(logits.shape[1])[labels]
    return -hot / stable_softmax(logits) / len(labels)


@wrong("large logits", "inf / inf is NaN")
def naive(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(logits, labels):
    exps = np.exp(logits - logits.max())
    p = exps / exps.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@wrong("three rows", "A sigmoid of each class")
def with_sigmoids(logits, labels):
    p = 1 / (1 + np.exp(-logits))
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@wrong("three rows", "transposed")
def transposed(logits, labels):
    return by_one_hot(logits, labels).T


@wrong("three rows", "classes are along the last axis")
def down_the_columns(logits, labels):
    p = stable_softmax(logits.T).T
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


@wrong("the input stays", "change the caller's array")
def in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return by_one_hot(logits, labels)


@wrong("no Python loop", "one by one")
def by_loop(logits, labels):
    grad = np.array([stable_softmax(row[None])[0] for row in logits])
    for i, label in enumerate(labels):
        grad[i, label] -= 1
    return grad / len(labels)


@right
def by_differences(logits, labels):
    n, k = logits.shape
    apart = logits[:, np.newaxis] - logits[:, :, np.newaxis]
    with np.errstate(over="ignore"):
        p = 1 / np.exp(apart).sum(axis=2)
    return p / n - (np.arange(k) == labels[:, np.newaxis]) / n


@right
def by_subtracting_at(logits, labels):
    p = np.exp(logits - logits.max(axis=1)[:, np.newaxis])
    p = (p.T / p.sum(axis=1)).T
    np.subtract.at(p, (np.arange(len(p)), labels), 1)
    return p * (1 / len(p))


@wrong("three rows", "of the 12 numbers are right")
def divided_too_early(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True) * len(p)
    p[np.arange(len(p)), labels] -= 1
    return p


@wrong("rows far apart", "all 4 entries")
def by_the_size(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(p)), labels] -= 1
    return p / p.size
