"""Answers to cross-entropy-stable."""

import numpy as np

from answers import right, wrong


def stable_softmax(z):
    exps = np.exp(z - z.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


@right
def by_shifting(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    terms = np.log(np.exp(z).sum(axis=1)) - z[rows, labels]
    return float(terms.mean())


@right
def by_logaddexp(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1)
    chosen = np.take_along_axis(logits, labels[:, None], 1)[:, 0]
    return (total - chosen).sum() / len(logits)


@right
def by_differences_to_the_label(logits, labels):
    below = logits - logits[np.arange(len(labels)), labels][:, None]
    peak = below.max(axis=1)
    exps = np.exp(below - peak[:, np.newaxis])
    return np.mean(peak + np.log(exps.sum(axis=1)))


@wrong(
    "a label far behind", "subtract the largest logit of the row first"
)
def naive(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


@wrong("a label far behind", "underflow", "stay in logs")
def log_of_a_stable_softmax(logits, labels):
    p = stable_softmax(logits)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


@wrong("a label far behind", "caps the loss at 27.6")
def with_epsilon(logits, labels):
    p = stable_softmax(logits)
    return -np.log(p[np.arange(len(labels)), labels] + 1e-12).mean()


@wrong("rows far apart", "One maximum for all rows")
def one_maximum(logits, labels):
    z = logits - logits.max()
    chosen = z[np.arange(len(labels)), labels]
    return np.mean(np.log(np.exp(z).sum(axis=1)) - chosen)


@wrong("three rows", "subtract it from the label's logit too")
def shifted_in_the_exponent_only(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    chosen = logits[np.arange(len(labels)), labels]
    return np.mean(np.log(np.exp(z).sum(axis=1)) - chosen)


@wrong("three rows", "pair each row with its label")
def all_the_labels_columns(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[:, labels].mean()


@wrong("three rows", "n = 3 is missing")
def not_averaged(logits, labels):
    return by_shifting(logits, labels) * len(labels)


@wrong("three rows", "never negative")
def flipped(logits, labels):
    return -by_shifting(logits, labels)


@wrong("three rows", "Softmax twice")
def softmax_twice(logits, labels):
    return by_shifting(stable_softmax(logits), labels)


@wrong("three rows", "classes are along the last axis")
def down_the_columns(logits, labels):
    z = logits - logits.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return -log_p[np.arange(len(labels)), labels].mean()


@wrong("three rows", "logsumexp is missing")
def logits_only(logits, labels):
    return -logits[np.arange(len(labels)), labels].mean()


@wrong("no Python loop", "one by one")
def by_loop(logits, labels):
    total = 0.0
    for z, label in zip(logits, labels, strict=True):
        z = z - z.max()
        total += np.log(np.exp(z).sum()) - z[label]
    return total / len(labels)


@wrong("the input stays", "change the caller's array")
def in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return by_shifting(logits, labels)


@right
def by_reducing_logaddexp(logits, labels):
    own = np.take_along_axis(logits, labels[:, np.newaxis], axis=1)
    return np.mean(np.logaddexp.reduce(logits - own, axis=1))


@wrong("no Python loop", "all n² pairs")
def an_axis_too_many(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(z).sum(axis=1, keepdims=True))
    return np.mean(total - z[np.arange(len(labels)), labels])


@wrong("three rows", "Nearly right")
def with_a_visible_epsilon(logits, labels):
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = exps / exps.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-9))


@wrong("rows far apart", "all 4 entries")
def mean_over_everything(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p * np.eye(logits.shape[1])[labels])
