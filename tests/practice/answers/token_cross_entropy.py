"""Answers to token-cross-entropy."""

import numpy as np

from answers import right, wrong


def log_softmax(logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def some_counted(labels, ignored):
    counted = labels != ignored
    if not counted.any():
        raise ValueError("no token counts")
    return counted


def costs(logits, labels):
    return -log_softmax(logits)[np.arange(len(labels)), labels]


@right
def picked_first(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    return costs(logits[counted], labels[counted]).mean()


@right
def where_and_sum(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    safe = np.where(counted, labels, 0)
    with np.errstate(invalid="ignore"):
        cost = costs(logits, safe)
    return np.where(counted, cost, 0.0).sum() / counted.sum()


@right
def by_logaddexp(logits, labels, ignore_index=-100):
    rows = np.flatnonzero(labels != ignore_index)
    if rows.size == 0:
        raise ValueError("no token counts")
    z = logits[rows]
    total = np.logaddexp.reduce(z, axis=1)
    picked = np.take_along_axis(z, labels[rows, np.newaxis], axis=1)
    return float(np.average(total - picked[:, 0]))


@wrong("two of five", "It is divided by all tokens")
def over_all_tokens(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    picked = costs(logits[counted], labels[counted])
    return picked.sum() / len(labels)


@wrong("no padding", "number of tokens that count")
def summed(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    return costs(logits[counted], labels[counted]).sum()


@wrong("two of five", "as if they were of class 0")
def padding_as_class_0(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    return costs(logits, np.where(counted, labels, 0)).mean()


@wrong("NaN and inf", "pick the rows that count")
def by_a_mask(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    cost = costs(logits, np.where(counted, labels, 0))
    return (cost * counted).sum() / counted.sum()


@wrong("no padding", "perplexity")
def perplexity(logits, labels, ignore_index=-100):
    return np.exp(picked_first(logits, labels, ignore_index))


@wrong("no padding", "in bits")
def in_bits(logits, labels, ignore_index=-100):
    return picked_first(logits, labels, ignore_index) / np.log(2)


@wrong("the padding is a class", "it may be a class")
def only_negative_labels(logits, labels, ignore_index=-100):
    counted = labels >= 0
    if not counted.any():
        raise ValueError("no token counts")
    return costs(logits[counted], labels[counted]).mean()


@wrong("no padding", "Class 0 is a class like any other")
def class_0_left_out(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index) & (labels > 0)
    return costs(logits[counted], labels[counted]).mean()


@wrong("a label far behind", "underflows to 0")
def log_of_the_softmax(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    p = np.exp(log_softmax(logits[counted]))
    rows = np.arange(counted.sum())
    return -np.log(p[rows, labels[counted]]).mean()


@wrong("a label far behind", "caps the loss at 27.6")
def with_an_epsilon(logits, labels, ignore_index=-100):
    counted = some_counted(labels, ignore_index)
    p = np.exp(log_softmax(logits[counted]))
    rows = np.arange(counted.sum())
    return -np.log(p[rows, labels[counted]] + 1e-12).mean()


@wrong("nothing but padding", "NaN in one batch")
def mean_of_nothing(logits, labels, ignore_index=-100):
    counted = labels != ignore_index
    z = logits[counted]
    total = np.logaddexp.reduce(z, axis=1)
    picked = z[np.arange(len(z)), labels[counted]]
    return np.mean(total - picked)


@wrong("no padding", "never negative")
def flipped(logits, labels, ignore_index=-100):
    return -picked_first(logits, labels, ignore_index)


@wrong("no Python loop", "one by one")
def loop(logits, labels, ignore_index=-100):
    picked = [
        np.logaddexp.reduce(row) - row[label]
        for row, label in zip(logits, labels, strict=True)
        if label != ignore_index
    ]
    if not picked:
        raise ValueError("no token counts")
    return np.mean(picked)
