"""Answers to cross-entropy-loss."""

import numpy as np

from answers import right, wrong


@right
def by_indexing(probabilities, labels):
    chosen = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(chosen).sum() / len(labels))


@right
def by_take_along_axis(probabilities, labels):
    chosen = np.take_along_axis(probabilities, labels[:, None], axis=1)
    return np.mean(-np.log(chosen))


@right
def by_one_hot_on_the_probabilities(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    chosen = (hot * probabilities).sum(axis=1)
    return -np.log(chosen).mean()


@wrong("three rows", "pair each row with its label")
def all_the_labels_columns(probabilities, labels):
    return -np.mean(np.log(probabilities[:, labels]))


@wrong("zeros that do not matter", "0 · log 0 is NaN")
def one_hot_times_log(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    return -(hot * np.log(probabilities)).sum() / len(labels)


@wrong("three rows", "minus stands in front")
def without_the_minus(probabilities, labels):
    return -by_indexing(probabilities, labels)


@wrong("three rows", "n = 3 is missing")
def not_averaged(probabilities, labels):
    return by_indexing(probabilities, labels) * len(labels)


@wrong("a label of probability 0", "caps the loss at 27.6")
def with_epsilon(probabilities, labels):
    chosen = probabilities[np.arange(len(labels)), labels]
    return -np.log(chosen + 1e-12).mean()


@wrong("a label of probability 0", "caps the loss at 34.5")
def clipped(probabilities, labels):
    p = np.clip(probabilities, 1e-15, 1 - 1e-15)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


@wrong("three rows", "all 12 entries")
def mean_over_all(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels] == 1
    return -np.where(hot, np.log(probabilities), 0).mean()


@wrong("three rows", "bits")
def in_bits(probabilities, labels):
    chosen = probabilities[np.arange(len(labels)), labels]
    return -np.log2(chosen).mean()


@wrong("three rows", "mean comes too early")
def log_of_the_mean(probabilities, labels):
    chosen = probabilities[np.arange(len(labels)), labels]
    return -np.log(chosen.mean())


@wrong("three rows", "largest probability")
def of_the_best_class(probabilities, labels):
    return -np.log(probabilities.max(axis=1)).mean()


@wrong("no Python loop", "one by one")
def by_loop(probabilities, labels):
    total = 0.0
    for row, label in zip(probabilities, labels, strict=True):
        total -= np.log(row[label])
    return total / len(labels)


@wrong("a label twice", "raised")
def with_one_row_only_as_a_row(probabilities, labels):
    chosen = probabilities[range(len(labels)), labels.squeeze()]
    return -sum(np.log(chosen)) / labels.squeeze().shape[0]


@right
def by_einsum(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    picked = np.einsum("ik,ik->i", probabilities, hot)
    with np.errstate(divide="ignore"):
        return np.array(np.mean(-np.log(picked)))


@right
def from_one_long_row(probabilities, labels):
    starts = np.arange(0, probabilities.size, probabilities.shape[1])
    return -np.log(probabilities.ravel()[starts + labels]).mean()


@wrong("no Python loop", "all n² pairs")
def the_diagonal_of_all_pairs(probabilities, labels):
    return -np.mean(np.log(np.diag(probabilities[:, labels])))


@wrong("three rows", "all 12 entries")
def mean_over_everything(probabilities, labels):
    hot = np.eye(probabilities.shape[1])[labels]
    return -np.mean(hot * np.log(probabilities + 1e-300))


@wrong("zeros that do not matter", "log of 0")
def labels_from_1(probabilities, labels):
    rows = np.arange(len(labels))
    return -np.mean(np.log(probabilities[rows, labels - 1]))
