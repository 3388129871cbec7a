"""Answers to label-smoothing-loss."""

import numpy as np

from answers import right, wrong


def log_softmax(logits, axis=1):
    z = logits - logits.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def hot(labels, K):
    return (labels[:, np.newaxis] == np.arange(K)) * 1.0


def against(rows, logits):
    return -np.sum(rows * log_softmax(logits)) / len(logits)


@right
def by_rows(logits, labels, epsilon=0.1):
    K = logits.shape[1]
    rows = np.full(logits.shape, epsilon / K)
    rows[np.arange(len(labels)), labels] += 1 - epsilon
    return against(rows, logits)


@right
def as_a_mix(logits, labels, epsilon=0.1):
    log_p = log_softmax(logits)
    picked = np.take_along_axis(log_p, labels[:, np.newaxis], 1)
    hard, even = -picked.mean(), -log_p.mean()
    return float((1 - epsilon) * hard + epsilon * even)


@right
def by_logsumexp(logits, labels, epsilon=0.1):
    total = np.logaddexp.reduce(logits, axis=1)
    own = logits[np.arange(len(labels)), labels]
    share = (1 - epsilon) * own + epsilon * logits.mean(axis=1)
    return np.sum(total - share) / len(labels)


@wrong("three rows", "nothing is smoothed")
def not_smoothed(logits, labels, epsilon=0.1):
    return against(hot(labels, logits.shape[1]), logits)


@wrong("three rows", "goes to all classes")
def share_lost(logits, labels, epsilon=0.1):
    rows = (1 - epsilon) * hot(labels, logits.shape[1])
    return against(rows, logits)


@wrong("three rows", "ε/(K − 1) goes to the other classes")
def to_the_others(logits, labels, epsilon=0.1):
    K = logits.shape[1]
    is_hot = hot(labels, K) == 1
    rows = np.where(is_hot, 1 - epsilon, epsilon / (K - 1))
    return against(rows, logits)


@wrong("three rows", "label's own ε/K is missing")
def without_its_own(logits, labels, epsilon=0.1):
    K = logits.shape[1]
    is_hot = hot(labels, K) == 1
    return against(np.where(is_hot, 1 - epsilon, epsilon / K), logits)


@wrong("three rows", "Every class gets ε")
def not_divided(logits, labels, epsilon=0.1):
    rows = (1 - epsilon) * hot(labels, logits.shape[1]) + epsilon
    return against(rows, logits)


@wrong("three rows", "The label keeps all of its 1")
def label_keeps_all(logits, labels, epsilon=0.1):
    K = logits.shape[1]
    return against(hot(labels, K) + epsilon / K, logits)


@wrong("three rows", "swapped")
def swapped(logits, labels, epsilon=0.1):
    return as_a_mix(logits, labels, 1 - epsilon)


@wrong("three rows", "The model's probability was smoothed")
def probability_smoothed(logits, labels, epsilon=0.1):
    n, K = logits.shape
    p = np.exp(log_softmax(logits))[np.arange(n), labels]
    return -np.log((1 - epsilon) * p + epsilon / K).mean()


@wrong("three rows", "That is KL")
def kl(logits, labels, epsilon=0.1):
    K = logits.shape[1]
    t = (1 - epsilon) * hot(labels, K) + epsilon / K
    log_t = np.log(np.where(t > 0, t, 1))
    return np.sum(t * (log_t - log_softmax(logits))) / len(logits)


@wrong("a class far behind", "underflows to 0")
def log_of_the_softmax(logits, labels, epsilon=0.1):
    log_p = np.log(np.exp(log_softmax(logits)))
    own = log_p[np.arange(len(labels)), labels]
    return -np.mean((1 - epsilon) * own + epsilon * log_p.mean(1))


@wrong("three rows", "down the columns")
def down_the_columns(logits, labels, epsilon=0.1):
    n, K = logits.shape
    t = (1 - epsilon) * hot(labels, K) + epsilon / K
    return -np.sum(t * log_softmax(logits, axis=0)) / n


@wrong("three rows", "n = 3 is missing")
def summed(logits, labels, epsilon=0.1):
    return as_a_mix(logits, labels, epsilon) * len(labels)


@wrong("three rows", "a minus stands in front")
def flipped(logits, labels, epsilon=0.1):
    return -as_a_mix(logits, labels, epsilon)


@wrong("no Python loop", "one by one")
def loop(logits, labels, epsilon=0.1):
    cost = 0.0
    for z, label in zip(logits, labels, strict=True):
        share = (1 - epsilon) * z[label] + epsilon * z.mean()
        cost += np.logaddexp.reduce(z) - share
    return cost / len(labels)
