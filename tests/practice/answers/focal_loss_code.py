"""Answers to focal-loss-code."""

import numpy as np

from answers import right, wrong


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


@right
def by_margins(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    cost = np.maximum(-u, 0) + np.log1p(np.exp(-np.abs(u)))
    return float((sigmoid(-u) ** gamma * cost).sum() / len(u))


@right
def by_where(logits, labels, gamma=2.0):
    u = np.where(labels == 1, logits, -logits)
    cost = np.logaddexp(0, -u)
    easy = np.exp(-np.logaddexp(0, u))
    return np.sum(easy**gamma * cost) / logits.shape[0]


@right
def by_the_power_in_the_exponent(logits, labels, gamma=2.0):
    u = np.where(labels > 0.5, logits, -logits).ravel()
    cost, other = np.logaddexp(0, -u), np.logaddexp(0, u)
    return (np.exp(-gamma * other) * cost).sum() / len(logits)


@wrong("both labels", "what is easy is to count less")
def power_of_p(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    return (sigmoid(u) ** gamma * np.logaddexp(0, -u)).sum() / len(u)


@wrong("both labels", "cross-entropy")
def without_the_factor(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    return np.logaddexp(0, -u).sum() / len(u)


@wrong("both labels", "uses σ(z) for both labels")
def factor_of_the_other_class(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    return (
        sigmoid(-logits) ** gamma * np.logaddexp(0, -u)
    ).sum() / len(u)


@wrong("both labels", "label 0 are missing")
def one_class_only(logits, labels, gamma=2.0):
    cost = sigmoid(-logits) ** gamma * np.logaddexp(0, -logits)
    return (labels * cost).sum() / len(labels)


@wrong("sure and wrong", "p underflows to 0")
def naive(logits, labels, gamma=2.0):
    p = sigmoid((2 * labels - 1) * logits)
    q = sigmoid((1 - 2 * labels) * logits)
    return -(q**gamma * np.log(p)).sum() / len(p)


@wrong("sure and wrong", "caps the loss at 27.6")
def with_epsilon(logits, labels, gamma=2.0):
    p = sigmoid((2 * labels - 1) * logits)
    return -((1 - p) ** gamma * np.log(p + 1e-12)).sum() / len(p)


@wrong("both labels", "n = 5 is missing")
def not_averaged(logits, labels, gamma=2.0):
    return by_margins(logits, labels, gamma) * len(labels)


@wrong("shape (n, K)", "all 6 entries")
def np_mean(logits, labels, gamma=2.0):
    return by_margins(logits, labels, gamma) * len(labels) / labels.size


@wrong("both labels", "minus stands in front")
def flipped(logits, labels, gamma=2.0):
    return -by_margins(logits, labels, gamma)


@wrong("both labels", "no weight of the classes")
def with_alpha(logits, labels, gamma=2.0):
    return 0.25 * by_margins(logits, labels, gamma)


@wrong("another γ", "`gamma` is not used")
def gamma_is_always_2(logits, labels, gamma=2.0):
    return by_margins(logits, labels)


@wrong("no Python loop", "one by one")
def by_loop(logits, labels, gamma=2.0):
    total = 0.0
    for z, t in zip(logits.ravel(), labels.ravel(), strict=True):
        u = z if t else -z
        total += float(sigmoid(-u)) ** gamma * np.logaddexp(0, -u)
    return total / len(labels)


@wrong("the input stays", "change the caller's array")
def in_place(logits, labels, gamma=2.0):
    logits *= 2 * labels - 1
    cost = np.logaddexp(0, -logits)
    return (sigmoid(-logits) ** gamma * cost).sum() / len(logits)


@right
def from_the_logs(logits, labels, gamma=2.0):
    ones = labels * np.logaddexp(0, -logits)
    cost = ones + (1 - labels) * np.logaddexp(0, logits)
    return float(np.sum((-np.expm1(-cost)) ** gamma * cost)) / len(cost)


@wrong("sure and wrong", "keeps it from growing")
def with_a_wide_clip(logits, labels, gamma=2.0):
    u = (2 * labels - 1) * logits
    p = np.clip(np.exp(-np.logaddexp(0, -u)), 1e-7, 1)
    weight = np.exp(-np.logaddexp(0, u)) ** gamma
    return -np.sum(weight * np.log(p)) / len(p)


@wrong("both labels", "None of the usual mistakes")
def labels_of_plus_minus_1(logits, labels, gamma=2.0):
    u = labels * logits
    cost = np.logaddexp(0, -u)
    return np.sum(np.exp(-np.logaddexp(0, u)) ** gamma * cost) / len(u)
