"""Answers to bce-stable."""

import numpy as np

from answers import right, wrong


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


@right
def by_log1p(logits, targets):
    tail = np.log1p(np.exp(-np.abs(logits)))
    terms = np.maximum(logits, 0) - targets * logits + tail
    return float(terms.sum() / len(terms))


@right
def by_two_softplus(logits, targets):
    ones = targets * np.logaddexp(0, -logits)
    zeros = (1 - targets) * np.logaddexp(0, logits)
    return np.sum(ones + zeros) / logits.shape[0]


@right
def by_sides(logits, targets):
    z, t = logits.ravel(), targets.ravel()
    small = np.log1p(np.exp(-np.abs(z)))
    line = np.where(z > 0, z * (1 - t), -z * t)
    return (line + small).sum() / len(logits)


@wrong("sure and wrong", "write the loss in z")
def naive(logits, targets):
    p = 1 / (1 + np.exp(-logits))
    terms = targets * np.log(p) + (1 - targets) * np.log(1 - p)
    return -terms.sum() / len(terms)


@wrong("sure and wrong", "caps the loss at 27.6")
def with_epsilon(logits, targets):
    p = sigmoid(logits)
    ones = targets * np.log(p + 1e-12)
    return -(ones + (1 - targets) * np.log(1 - p + 1e-12)).sum() / len(
        p
    )


@wrong("sure and wrong", "exp(z) overflows")
def softplus_that_overflows(logits, targets):
    terms = np.log1p(np.exp(logits)) - targets * logits
    return terms.sum() / len(terms)


@wrong("sure and right", "np.log1p keeps the digits")
def without_log1p(logits, targets):
    tail = np.log(1 + np.exp(-np.abs(logits)))
    terms = np.maximum(logits, 0) - targets * logits + tail
    return terms.sum() / len(terms)


@wrong("sure and right", "cancels where z is large")
def softplus_minus_tz(logits, targets):
    terms = np.logaddexp(0, logits) - targets * logits
    return terms.sum() / len(terms)


@wrong("labels 0 and 1", "term −t·z is missing")
def without_targets(logits, targets):
    return np.sum(np.logaddexp(0, logits)) / len(targets)


@wrong("labels 0 and 1", "sign of t·z is flipped")
def plus_tz(logits, targets):
    return by_log1p(logits, -targets)


@wrong("labels 0 and 1", "minus stands in front")
def flipped(logits, targets):
    return -by_log1p(logits, targets)


@wrong("labels 0 and 1", "n = 4 is missing")
def not_averaged(logits, targets):
    return by_log1p(logits, targets) * len(targets)


@wrong("shape (n, K)", "all 6 entries")
def np_mean(logits, targets):
    tail = np.log1p(np.exp(-np.abs(logits)))
    return np.mean(np.maximum(logits, 0) - targets * logits + tail)


@wrong("labels 0 and 1", "Logits are no probabilities")
def logits_as_probabilities(logits, targets):
    ones = targets * np.log(logits)
    zeros = (1 - targets) * np.log(1 - logits)
    return -np.sum(ones + zeros) / len(targets)


@wrong("no Python loop", "one by one")
def by_loop(logits, targets):
    total = 0.0
    for z, t in zip(logits.ravel(), targets.ravel(), strict=True):
        total += max(z, 0) - t * z + np.log1p(np.exp(-abs(z)))
    return total / len(logits)


@right
def by_softmax_of_two(logits, targets):
    both = np.stack([logits, np.zeros_like(logits)], axis=-1)
    both = both - both.max(axis=-1, keepdims=True)
    total = np.log1p(np.exp(both.min(axis=-1)))
    picked = targets * both[..., 0] + (1 - targets) * both[..., 1]
    return float((total - picked).sum() / len(logits))


@wrong("labels 0 and 1", "Nearly right")
def with_a_visible_epsilon(logits, targets):
    p = 1 / (1 + np.exp(-logits))
    ones = targets * np.log(p + 1e-8)
    return -np.sum(ones + (1 - targets) * np.log(1 - p + 1e-8)) / len(p)


@wrong("sure and wrong", "keeps it from growing")
def with_clipped_logits(logits, targets):
    return by_log1p(np.clip(logits, -500, 500), targets)


@wrong("soft targets", "rounded to 0 or 1")
def with_rounded_targets(logits, targets):
    return by_log1p(logits, (targets >= 0.5) * 1.0)
