"""Answers to kl-div-loss."""

import numpy as np

from answers import right, wrong


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@right
def by_where(logits, targets):
    log_t = np.log(np.where(targets > 0, targets, 1))
    terms = targets * (log_t - log_softmax(logits))
    return float(terms.sum() / len(targets))


@right
def cross_entropy_minus_entropy(logits, targets):
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -np.nansum(targets * np.log(targets))
    cost = -(targets * log_softmax(logits)).sum()
    return (cost - entropy) / logits.shape[0]


@right
def by_logaddexp(logits, targets):
    log_p = logits - np.logaddexp.reduce(logits, 1)[:, None]
    some = targets > 0
    t, gap = targets[some], log_p[some]
    return np.dot(t, np.log(t) - gap) / len(targets)


@wrong("three rows", "a perfect model costs something")
def cross_entropy(logits, targets):
    return -(targets * log_softmax(logits)).sum() / len(targets)


@wrong("three rows", "not their log-softmax")
def log_softmax_of_targets(logits, targets):
    gap = log_softmax(targets) - log_softmax(logits)
    return (targets * gap).sum() / len(targets)


@wrong("three rows", "other direction")
def reversed_kl(logits, targets):
    log_p = log_softmax(logits)
    log_t = np.log(np.where(targets > 0, targets, 1))
    return (np.exp(log_p) * (log_p - log_t)).sum() / len(targets)


@wrong("targets of 0", "0 · log 0 is NaN")
def naive_log(logits, targets):
    gap = np.log(targets) - log_softmax(logits)
    return (targets * gap).sum() / len(targets)


@wrong("a class far behind", "use log-softmax")
def log_of_softmax(logits, targets):
    p = np.exp(log_softmax(logits))
    log_t = np.log(np.where(targets > 0, targets, 1))
    return (targets * (log_t - np.log(p))).sum() / len(targets)


@wrong("a class far behind", "27.6")
def with_epsilon(logits, targets):
    p = np.exp(log_softmax(logits))
    gap = np.log(targets + 1e-12) - np.log(p + 1e-12)
    return (targets * gap).sum() / len(targets)


@wrong("three rows", "never negative")
def flipped(logits, targets):
    return -by_where(logits, targets)


@wrong("three rows", "n = 3 is missing")
def not_averaged(logits, targets):
    return by_where(logits, targets) * len(targets)


@wrong("three rows", "all 12 entries")
def np_mean(logits, targets):
    return by_where(logits, targets) * len(targets) / targets.size


@wrong("three rows", "softmax is missing")
def logits_as_log_probabilities(logits, targets):
    log_t = np.log(np.where(targets > 0, targets, 1))
    return (targets * (log_t - logits)).sum() / len(targets)


@wrong("three rows", "bits")
def in_bits(logits, targets):
    return by_where(logits, targets) / np.log(2)


@wrong("the input stays", "change the caller's array")
def in_place(logits, targets):
    targets[targets == 0] = 1e-300
    return by_where(logits, targets)


@wrong("no Python loop", "one by one")
def by_loop(logits, targets):
    total = 0.0
    for z, t in zip(logits, targets, strict=True):
        total += by_where(z[None], t[None])
    return total / len(targets)


@right
def without_the_nans(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    with np.errstate(all="ignore"):
        terms = targets * (np.log(targets) - log_p)
    return np.nansum(terms) / len(terms)


@wrong("three rows", "None of the usual mistakes")
def plus_log_p(logits, targets):
    log_p = logits - np.logaddexp.reduce(logits, 1, keepdims=True)
    log_t = np.log(np.where(targets > 0, targets, 1))
    return np.sum(targets * (log_t + log_p)) / len(targets)


@wrong("a class far behind", "keeps it from growing")
def masked_shares(logits, targets):
    log_p = logits - np.logaddexp.reduce(logits, 1, keepdims=True)
    p = np.exp(log_p)
    log_t, log_p = (np.log(np.where(x > 0, x, 1)) for x in (targets, p))
    return np.sum(targets * (log_t - log_p)) / len(targets)
