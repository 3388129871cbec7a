"""Answers to toolbox-one-hot."""

import numpy as np

from answers import right, wrong


def refuse_others(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("not a class")


@right
def by_comparison(labels, n_classes):
    refuse_others(labels, n_classes)
    return (labels[:, None] == np.arange(n_classes)).astype(float)


@right
def by_the_identity(labels, n_classes):
    if ((labels < 0) | (labels >= n_classes)).any():
        raise ValueError(labels)
    return np.eye(n_classes)[labels]


@right
def by_assignment(labels, n_classes):
    refuse_others(labels, n_classes)
    hot = np.zeros((len(labels), n_classes), dtype=int)
    hot[np.arange(labels.size), labels] = 1
    return hot


@wrong("a label that is no class", "check the labels first")
def wrapping_round(labels, n_classes):
    hot = labels[:, None] % n_classes == np.arange(n_classes)
    return hot.astype(float)


@wrong("a label that is no class", "NumPy counts −1 from the end")
def identity_without_a_check(labels, n_classes):
    return np.eye(n_classes)[labels]


@wrong("a label that is no class", "row of zeros")
def comparison_without_a_check(labels, n_classes):
    return (labels[:, None] == np.arange(n_classes)) * 1.0


@wrong("labels in any order", "these columns in every row")
def columns_in_every_row(labels, n_classes):
    refuse_others(labels, n_classes)
    hot = np.zeros((len(labels), n_classes))
    hot[:, labels] = 1
    return hot


@wrong("a class that does not occur", "raised")
def whole_rows(labels, n_classes):
    refuse_others(labels, n_classes)
    hot = np.zeros((labels.max() + 1, n_classes))
    hot[labels, labels] = 1
    return hot[: len(labels)].reshape(len(labels), n_classes)


@wrong("labels in any order", "classes are counted from 0")
def counted_from_one(labels, n_classes):
    refuse_others(labels, n_classes)
    return (labels[:, None] == np.arange(1, n_classes + 1)) * 1.0


@wrong("labels in any order", "transposed")
def transposed(labels, n_classes):
    return by_comparison(labels, n_classes).T


@wrong("a class that does not occur", "taken from something else")
def as_many_columns_as_seen(labels, n_classes):
    refuse_others(labels, n_classes)
    columns = 4 if labels.max() > 1 else labels.max() + 1
    return (labels[:, None] == np.arange(columns)) * 1.0


@wrong("labels in any order", "row i has its 1 in column i")
def identity(labels, n_classes):
    refuse_others(labels, n_classes)
    return np.eye(len(labels), n_classes)


@wrong("no Python loop", "one by one")
def by_loop(labels, n_classes):
    refuse_others(labels, n_classes)
    hot = np.zeros((len(labels), n_classes))
    for i, label in enumerate(labels):
        hot[i, label] = 1
    return hot


@wrong("labels in any order", "cannot be added or scaled")
def as_lists(labels, n_classes):
    return by_comparison(labels, n_classes).tolist()


@right
def rows_of_the_identity(labels, n_classes):
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError("labels outside the classes")
    return np.identity(n_classes, dtype=int).take(labels, axis=0)


@right
def one_long_row(labels, n_classes):
    if set(labels.tolist()) - set(range(n_classes)):
        raise ValueError("labels outside the classes")
    hot = np.zeros(len(labels) * n_classes, dtype=bool)
    hot[np.arange(len(labels)) * n_classes + labels] = True
    return hot.reshape(-1, n_classes)


@wrong("labels in any order", "in another order")
def from_1_on(labels, n_classes):
    return np.eye(n_classes)[labels - 1]


@wrong("labels in any order", "want one truth value")
def by_if(labels, n_classes):
    if labels < 0 or labels >= n_classes:
        raise ValueError("labels outside the classes")
    return np.eye(n_classes)[labels]
