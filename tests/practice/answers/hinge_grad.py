"""Answers to hinge-grad."""

import numpy as np

from answers import right, wrong


@right
def by_where(scores, targets):
    slope = np.where(targets * scores < 1, -targets, 0)
    return slope / len(scores)


@right
def by_a_mask(scores, targets):
    pulling = targets * scores <= 1
    return -targets * pulling / scores.shape[0]


@right
def by_heaviside(scores, targets):
    step = np.heaviside(1 - targets * scores, scores.dtype.type(0.5))
    return (-targets * step / len(step)).astype(scores.dtype)


@wrong("before and beyond", "so the slope is −y")
def flipped(scores, targets):
    return -by_where(scores, targets)


@wrong("before and beyond", "n = 7 is missing")
def not_averaged(scores, targets):
    return by_where(scores, targets) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def by_all_entries(scores, targets):
    return np.where(targets * scores < 1, -targets, 0) / scores.size


@wrong("before and beyond", "beyond the margin still pull")
def everywhere(scores, targets):
    return -targets / len(targets)


@wrong("before and beyond", "target is missing")
def always_minus_one(scores, targets):
    slope = np.where(targets * scores < 1, -1.0, 0.0)
    return slope / len(slope)


@wrong("before and beyond", "as in a perceptron")
def without_the_margin(scores, targets):
    slope = np.where(targets * scores < 0, -targets, 0)
    return slope / len(slope)


@wrong("before and beyond", "squared hinge")
def of_the_squared_hinge(scores, targets):
    missing = np.maximum(0, 1 - targets * scores)
    return -2 * targets * missing / len(scores)


@wrong("before and beyond", "margin is y·z, not z")
def margin_without_the_target(scores, targets):
    slope = np.where(scores < 1, -targets, 0)
    return slope / len(slope)


@wrong("at the kink", "outside")
def too_steep_at_the_kink(scores, targets):
    slope = by_where(scores, targets)
    slope[targets * scores == 1] = -2
    return slope


@wrong("outliers", "compare and select")
def by_division(scores, targets):
    missing = np.maximum(0, 1 - targets * scores)
    safe = np.where(missing == 0, 1, missing)
    return -targets * (missing / safe) / len(scores)


@wrong("float32 stays", "float64 array crept in")
def in_float64(scores, targets):
    slope = np.zeros(scores.shape)
    inside = targets * scores < 1
    slope[inside] = -targets[inside]
    return slope / len(slope)


@wrong("before and beyond", "A single number")
def summed(scores, targets):
    return by_where(scores, targets).sum()


@wrong("no Python loop", "one by one")
def by_loop(scores, targets):
    slope = np.zeros_like(scores)
    for index in np.ndindex(scores.shape):
        if scores[index] * targets[index] < 1:
            slope[index] = -targets[index]
    return slope / len(slope)


@right
def by_a_step(scores, targets):
    step = np.heaviside(1 - targets * scores, 0.5)
    return -targets * step.astype(scores.dtype) / len(scores)


@wrong("at the kink", "this is outside")
def wrong_way_at_the_kink(scores, targets):
    margin = targets * scores
    slope = np.where(margin < 1, -targets, 0 * targets)
    return np.where(margin == 1, targets, slope) / len(scores)


@wrong("at the kink", "NaN comes from")
def by_dividing(scores, targets):
    missing = 1 - targets * scores
    return -targets * np.maximum(0, missing) / missing / len(scores)
