"""Answers to hinge-loss."""

import numpy as np

from answers import right, wrong


def only_signs(targets):
    if not np.all(np.abs(targets) == 1):
        raise ValueError("targets are -1 and +1")


@right
def by_maximum(scores, targets):
    only_signs(targets)
    cost = np.maximum(0, 1 - targets * scores)
    return float(cost.sum() / len(cost))


@right
def by_where(scores, targets):
    if not np.isin(targets, [-1, 1]).all():
        raise ValueError(targets)
    margin = np.where(targets == 1, scores, -scores)
    missing = np.where(margin < 1, 1 - margin, 0)
    return missing.sum() / scores.shape[0]


@right
def by_selection(scores, targets):
    only_signs(targets)
    missing = 1 - scores * targets
    return missing[missing > 0].sum() / len(scores)


@wrong("before and beyond", "max with 0 is missing")
def without_max(scores, targets):
    only_signs(targets)
    return (1 - targets * scores).sum() / len(scores)


@wrong("before and beyond", "perceptron")
def without_the_margin(scores, targets):
    only_signs(targets)
    return np.maximum(0, -targets * scores).sum() / len(scores)


@wrong("before and beyond", "sign of the margin is flipped")
def flipped_margin(scores, targets):
    return by_maximum(-scores, targets)


@wrong("before and beyond", "target is missing")
def without_targets(scores, targets):
    only_signs(targets)
    return np.maximum(0, 1 - scores).sum() / len(scores)


@wrong("before and beyond", "squared hinge")
def squared(scores, targets):
    only_signs(targets)
    return (np.maximum(0, 1 - targets * scores) ** 2).sum() / len(
        scores
    )


@wrong("before and beyond", "max comes too late")
def max_of_the_mean(scores, targets):
    only_signs(targets)
    return max(0.0, np.sum(1 - targets * scores) / len(scores))


@wrong("before and beyond", "n = 6 is missing")
def not_averaged(scores, targets):
    return by_maximum(scores, targets) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def np_mean(scores, targets):
    only_signs(targets)
    return np.maximum(0, 1 - targets * scores).mean()


@wrong("large and infinite", "np.maximum selects")
def by_mask(scores, targets):
    only_signs(targets)
    missing = 1 - targets * scores
    return (missing * (missing > 0)).sum() / len(scores)


@wrong("targets of 0 and 1", "costs 1 and learns nothing")
def any_targets(scores, targets):
    return np.maximum(0, 1 - targets * scores).sum() / len(scores)


@wrong("before and beyond", "np.maximum")
def with_python_s_max(scores, targets):
    only_signs(targets)
    return np.sum(max(0, 1 - targets * scores)) / len(scores)


@wrong("no Python loop", "one by one")
def by_loop(scores, targets):
    only_signs(targets)
    total = 0.0
    for z, y in zip(scores.ravel(), targets.ravel(), strict=True):
        total += max(0, 1 - y * z)
    return total / len(scores)


@wrong("the input stays", "change the caller's array")
def in_place(scores, targets):
    only_signs(targets)
    scores *= -targets
    scores += 1
    return np.maximum(0, scores).sum() / len(scores)


@right
def only_those_inside(scores, targets):
    if not np.isin(targets, [-1, 1]).all():
        raise ValueError("targets are -1 and 1")
    missing = 1 - targets * scores
    return float(missing[missing > 0].sum()) / scores.shape[0]


@wrong("before and beyond", "half the squared hinge")
def half_of_the_square(scores, targets):
    _refuse(targets)
    missing = np.maximum(0, 1 - targets * scores)
    return np.sum(missing**2) / 2 / len(missing)


@wrong("no Python loop", "Python's own sum")
def python_s_sum(scores, targets):
    _refuse(targets)
    missing = np.maximum(0, 1 - targets * scores)
    return sum(missing.ravel()) / len(missing)


@wrong("targets of 0 and 1", "another kind of error")
def by_an_assertion(scores, targets):
    assert np.all(np.abs(targets) == 1)
    return np.maximum(0, 1 - targets * scores).sum() / len(scores)


def _refuse(targets):
    if np.any(np.abs(targets) != 1):
        raise ValueError("targets are -1 and 1")
