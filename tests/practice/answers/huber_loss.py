"""Answers to huber-loss."""

import numpy as np

from answers import right, wrong


def same_shapes(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")


@right
def by_clipping(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    r = predictions - targets
    c = np.clip(r, -delta, delta)
    return float(np.sum(c * (r - c / 2)) / len(r))


@right
def by_where(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    inside = 0.5 * size**2
    beyond = delta * (size - 0.5 * delta)
    terms = np.where(size <= delta, inside, beyond)
    return terms.sum() / terms.shape[0]


@right
def by_two_sums(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    small, large = size[size < delta], size[size >= delta]
    total = (small**2).sum() / 2 + (large - delta / 2).sum() * delta
    return np.array(total / len(predictions))


@wrong("values inside", "n = 4 is missing")
def sum_of_terms(predictions, targets, delta=1.0):
    return by_where(predictions, targets, delta) * len(predictions)


@wrong("shapes (n, 1)", "all 6 entries", "np.mean")
def mean_of_entries(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    r = predictions - targets
    c = np.clip(r, -delta, delta)
    return np.mean(c * (r - c / 2))


@wrong("values inside", "without the δ/2 it jumps")
def without_the_constant(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    terms = np.where(size <= delta, size**2 / 2, delta * size)
    return terms.sum() / len(terms)


@wrong("values inside", "½ of the parabola is missing")
def no_half(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    line = delta * (size - delta / 2)
    return np.where(size <= delta, size**2, line).sum() / len(size)


@wrong("a residual of 1e38", "inf · 0")
def by_masks(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    inside = size <= delta
    line = delta * (size - delta / 2)
    return (size**2 / 2 * inside + line * ~inside).sum() / len(size)


@wrong("shapes that differ", "stretches (n,) against (n, 1)")
def broadcasting(predictions, targets, delta=1.0):
    r = predictions - targets
    c = np.clip(r, -delta, delta)
    return np.sum(c * (r - c / 2)) / len(r)


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    r = predictions
    r -= targets
    c = np.clip(r, -delta, delta)
    return np.sum(c * (r - c / 2)) / len(r)


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    total = 0.0
    for p, t in zip(predictions.ravel(), targets.ravel(), strict=True):
        c = max(-delta, min(delta, p - t))
        total += c * ((p - t) - c / 2)
    return total / len(predictions)


@wrong("values inside", "compare |r| with δ")
def no_absolute_value(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    r = predictions - targets
    line = delta * (np.abs(r) - delta / 2)
    return np.where(r <= delta, r**2 / 2, line).sum() / len(r)


@wrong("another δ", "smooth L1")
def smooth_l1(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    size = np.abs(predictions - targets)
    terms = np.where(
        size < delta, size**2 / 2 / delta, size - delta / 2
    )
    return terms.sum() / len(terms)


@wrong("values inside", "the sum is missing")
def every_term(predictions, targets, delta=1.0):
    same_shapes(predictions, targets)
    r = predictions - targets
    c = np.clip(r, -delta, delta)
    return c * (r - c / 2) / len(r)


@right
def in_two_parts(predictions, targets, delta=1.0):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    size = np.abs(predictions - targets)
    inside = np.minimum(size, delta)
    total = (inside**2 / 2 + delta * (size - inside)).sum()
    return np.array(total / len(size))


@right
def as_a_dot_product(predictions, targets, delta=1.0):
    if not np.array_equal(predictions.shape, targets.shape):
        raise ValueError
    r = (predictions - targets).ravel()
    clipped = np.clip(r, -delta, delta)
    return np.dot(clipped, r - clipped / 2) / len(predictions)


@wrong("another δ", "`delta` is not used")
def delta_is_always_1(predictions, targets, delta=1.0):
    return in_two_parts(predictions, targets)


@wrong("values inside", "want one truth value")
def by_if(predictions, targets, delta=1.0):
    r = predictions - targets
    if abs(r) <= delta:
        return np.sum(r**2) / 2 / len(r)
    return np.sum(delta * (abs(r) - delta / 2)) / len(r)


@wrong("values inside", "None of the usual mistakes")
def plus_half(predictions, targets, delta=1.0):
    size = np.abs(predictions - targets)
    line = delta * (size + delta / 2)
    return np.where(size <= delta, size**2 / 2, line).sum() / len(size)
