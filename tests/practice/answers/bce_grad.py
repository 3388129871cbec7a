"""Answers to bce-grad."""

import numpy as np

from answers import right, wrong


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


@right
def by_two_sigmoids(logits, targets):
    ones, zeros = (
        targets * sigmoid(-logits),
        (1 - targets) * sigmoid(logits),
    )
    return (zeros - ones) / len(logits)


@right
def by_naive_sigmoids(logits, targets):
    p, q = 1 / (1 + np.exp(-logits)), 1 / (1 + np.exp(logits))
    return ((1 - targets) * p - targets * q) / logits.shape[0]


@right
def by_the_smaller_side(logits, targets):
    small = sigmoid(-np.abs(logits))
    right_side = (1 - targets) - small
    slope = np.where(logits > 0, right_side, small - targets)
    return slope / len(slope)


@wrong("sure and right", "σ(z) − t cancels")
def difference(logits, targets):
    return (sigmoid(logits) - targets) / len(targets)


@wrong("labels 0 and 1", "probability minus target")
def flipped(logits, targets):
    return -by_two_sigmoids(logits, targets)


@wrong("labels 0 and 1", "n = 4 is missing")
def not_averaged(logits, targets):
    return by_two_sigmoids(logits, targets) * len(targets)


@wrong("shape (n, K)", "all 6 entries")
def by_all_entries(logits, targets):
    return by_two_sigmoids(logits, targets) * len(targets) / logits.size


@wrong("labels 0 and 1", "gradient of the squared error")
def of_the_squared_error(logits, targets):
    p = sigmoid(logits)
    return (p - targets) * p * (1 - p) / len(p)


@wrong("labels 0 and 1", "gradient by the probability")
def by_the_probability(logits, targets):
    p = sigmoid(logits)
    return (-targets / p + (1 - targets) / (1 - p)) / len(p)


@wrong("labels 0 and 1", "sigmoid is missing")
def without_sigmoid(logits, targets):
    return (logits - targets) / len(targets)


@wrong("soft targets", "rounded")
def hard_labels_only(logits, targets):
    return by_two_sigmoids(logits, np.round(targets))


@wrong("labels 0 and 1", "A single number")
def summed(logits, targets):
    return by_two_sigmoids(logits, targets).sum()


@wrong("labels 0 and 1", "term of class 0 is missing")
def one_class_only(logits, targets):
    return -targets * sigmoid(-logits) / len(targets)


@wrong("sure and wrong", "exp(z) overflows")
def overflowing(logits, targets):
    exps = np.exp(logits)
    return (exps / (1 + exps) - targets) / len(targets)


@wrong("no Python loop", "one by one")
def vectorize(logits, targets):
    def slope(z, t):
        p, q = 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(z))
        return (1 - t) * p - t * q

    return np.vectorize(slope)(logits, targets) / len(logits)


@wrong("the input stays", "change the caller's array")
def in_place(logits, targets):
    found = by_two_sigmoids(logits, targets)
    np.copyto(logits, found)
    return logits


@right
def with_masks(logits, targets):
    grad = np.empty(logits.shape)
    up = logits >= 0
    small, t = np.exp(-logits[up]), targets[up]
    grad[up] = (1 - t - t * small) / (1 + small)
    small, t = np.exp(logits[~up]), targets[~up]
    grad[~up] = ((1 - t) * small - t) / (1 + small)
    grad /= len(grad)
    return grad


@wrong("sure and wrong", "Nearly right, off by 1e-07")
def clipped(logits, targets):
    p = np.clip(1 / (1 + np.exp(-logits)), 1e-7, 1 - 1e-7)
    return (p - targets) / len(p)


@wrong("soft targets", "first check fails too")
def times_the_logit(logits, targets):
    return logits * (1 / (1 + np.exp(-logits)) - targets) / len(logits)
