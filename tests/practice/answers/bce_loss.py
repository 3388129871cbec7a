"""Answers to bce-loss."""

import numpy as np

from answers import right, wrong


@right
def by_where(probabilities, targets):
    p = np.where(targets > 0, probabilities, 1)
    q = np.where(targets < 1, 1 - probabilities, 1)
    return -(targets * np.log(p) + (1 - targets) * np.log(q)).mean()


@right
def by_nan_to_zero(probabilities, targets):
    with np.errstate(divide="ignore", invalid="ignore"):
        one = targets * np.log(probabilities)
        zero = (1 - targets) * np.log1p(-probabilities)
    one[targets == 0] = 0
    zero[targets == 1] = 0
    return -np.sum(one + zero) / len(targets)


@right
def by_log_with_where(probabilities, targets):
    def x_log_y(x, y):
        log_y = np.log(y, out=np.zeros_like(y), where=x > 0)
        return x * log_y

    ones = x_log_y(targets, probabilities)
    zeros = x_log_y(1 - targets, 1 - probabilities)
    return float(-np.mean(ones + zeros))


@wrong("sure and right", "0 · log 0 is NaN")
def naive(probabilities, targets):
    ones = targets * np.log(probabilities)
    zeros = (1 - targets) * np.log(1 - probabilities)
    return -np.mean(ones + zeros)


@wrong("labels 0 and 1", "term of class 0 is missing")
def one_class_only(probabilities, targets):
    p = np.where(targets > 0, probabilities, 1)
    return -np.mean(targets * np.log(p))


@wrong("labels 0 and 1", "minus stands in front")
def without_the_minus(probabilities, targets):
    return -by_where(probabilities, targets)


@wrong("labels 0 and 1", "n = 5 is missing")
def not_averaged(probabilities, targets):
    return by_where(probabilities, targets) * len(targets)


@wrong("labels 0 and 1", "1 − belongs inside the log")
def one_minus_outside_the_log(probabilities, targets):
    ones = targets * np.log(probabilities)
    zeros = (1 - targets) * (1 - np.log(probabilities))
    return -np.mean(ones + zeros)


@wrong("labels 0 and 1", "classes are swapped")
def swapped(probabilities, targets):
    return by_where(1 - probabilities, targets)


@wrong("sure and wrong", "caps the loss at 27.6")
def with_epsilon(probabilities, targets):
    ones = targets * np.log(probabilities + 1e-12)
    zeros = (1 - targets) * np.log(1 - probabilities + 1e-12)
    return -np.mean(ones + zeros)


@wrong("sure and wrong", "caps the loss at 34.5")
def clipped(probabilities, targets):
    p = np.clip(probabilities, 1e-15, 1 - 1e-15)
    return naive(p, targets)


@wrong("sure and wrong", "caps the loss and hides the mistake")
def clipped_elsewhere(probabilities, targets):
    return naive(np.clip(probabilities, 1e-10, 1 - 1e-10), targets)


@wrong("soft targets", "soft target was rounded")
def hard_labels_only(probabilities, targets):
    p = np.where(targets >= 0.5, probabilities, 1 - probabilities)
    return -np.mean(np.log(p))


@wrong("the input stays", "change the caller's array")
def in_place(probabilities, targets):
    probabilities[targets == 0] = 1 - probabilities[targets == 0]
    soft = (targets > 0) & (targets < 1)
    p, t = probabilities, np.where(soft, targets, 1)
    q = np.where(soft, 1 - p, 1)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(q))


@wrong("no Python loop", "one by one")
def by_loop(probabilities, targets):
    total = 0.0
    for p, t in zip(probabilities, targets, strict=True):
        if t > 0:
            total -= t * np.log(p)
        if t < 1:
            total -= (1 - t) * np.log(1 - p)
    return total / len(targets)


@right
def by_two_columns(probabilities, targets):
    p = np.stack([1 - probabilities, probabilities])
    t = np.stack([1 - targets, targets])
    log_p = np.full(p.shape, -np.inf)
    np.log(p, out=log_p, where=p > 0)
    weighed = t > 0
    total = -(t[weighed] * log_p[weighed]).sum()
    return np.array(total / probabilities.shape[0])


@wrong("labels 0 and 1", "1/log 10")
def in_base_10(probabilities, targets):
    ones = targets * np.log10(np.where(targets > 0, probabilities, 1))
    q = np.where(targets < 1, 1 - probabilities, 1)
    return -np.mean(ones + (1 - targets) * np.log10(q))


@wrong("sure and wrong", "hides the mistake")
def with_nan_to_num(probabilities, targets):
    ones = np.nan_to_num(targets * np.log(probabilities))
    zeros = np.nan_to_num((1 - targets) * np.log(1 - probabilities))
    return -np.mean(ones + zeros)


@wrong("soft targets", "first check fails too")
def of_a_sigmoid(probabilities, targets):
    p = 1 / (1 + np.exp(-probabilities))
    return -np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p))
