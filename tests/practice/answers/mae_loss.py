"""Answers to mae-loss."""

import numpy as np

from answers import right, wrong


def same_shapes(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")


@right
def by_abs(predictions, targets):
    same_shapes(predictions, targets)
    r = predictions.astype(float) - targets.astype(float)
    return np.abs(r).sum() / len(r)


@right
def by_the_larger_one(predictions, targets):
    same_shapes(predictions, targets)
    larger = np.maximum(predictions, targets).astype(np.float64)
    smaller = np.minimum(predictions, targets).astype(np.float64)
    return float((larger - smaller).sum() / predictions.shape[0])


@right
def by_the_mean_of_rows(predictions, targets):
    same_shapes(predictions, targets)
    r = np.subtract(predictions, targets, dtype=np.float64)
    size = np.where(r < 0, -r, r).reshape(len(r), -1)
    return size.sum(axis=1).mean()


@wrong("residuals of both signs", "absolute value is missing")
def without_abs(predictions, targets):
    same_shapes(predictions, targets)
    return (predictions.astype(float) - targets).sum() / len(targets)


@wrong("residuals of both signs", "absolute value comes too late")
def abs_of_the_mean(predictions, targets):
    same_shapes(predictions, targets)
    return abs(np.sum(predictions.astype(float) - targets)) / len(
        targets
    )


@wrong("residuals of both signs", "n = 4 is missing")
def not_averaged(predictions, targets):
    return by_abs(predictions, targets) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def np_mean(predictions, targets):
    same_shapes(predictions, targets)
    return np.abs(predictions.astype(float) - targets).mean()


@wrong("residuals of both signs", "RMSE")
def rmse(predictions, targets):
    same_shapes(predictions, targets)
    square = (predictions.astype(float) - targets) ** 2
    return np.sqrt(square.sum() / len(square))


@wrong("unsigned integers", "wrap round")
def wrapping(predictions, targets):
    same_shapes(predictions, targets)
    return np.abs(predictions - targets).sum() / len(targets)


@wrong("shapes that differ", "all n² pairs")
def broadcasting(predictions, targets):
    return np.abs(predictions.astype(float) - targets).sum() / len(
        targets
    )


@wrong("shapes that differ", "another kind of error")
def with_an_assertion(predictions, targets):
    assert predictions.shape == targets.shape
    return by_abs(predictions, targets)


@wrong("large and infinite", "take np.abs, not a root")
def root_of_square(predictions, targets):
    same_shapes(predictions, targets)
    r = predictions.astype(float) - targets
    return np.sqrt(r**2).sum() / len(r)


@wrong("no Python loop", "comprehension")
def by_comprehension(predictions, targets):
    same_shapes(predictions, targets)
    pairs = zip(predictions.ravel(), targets.ravel(), strict=True)
    return sum([abs(float(p) - t) for p, t in pairs]) / len(targets)


@wrong("residuals of both signs", "array came back")
def along_the_batch(predictions, targets):
    same_shapes(predictions, targets)
    r = np.abs(predictions.astype(float) - targets)
    return r / len(r)


@right
def larger_minus_smaller(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    high = np.maximum(predictions, targets).astype(float)
    low = np.minimum(predictions, targets).astype(float)
    return np.linalg.norm((high - low).ravel(), 1) / len(high)


@wrong("unsigned integers", "first check fails too")
def sizes_apart(predictions, targets):
    sums = (
        np.abs(x.astype(float)).sum() for x in (predictions, targets)
    )
    first, second = sums
    return abs(first - second) / len(predictions)


@wrong("shapes that differ", "compare the shapes first")
def reshaped(predictions, targets):
    targets = targets.reshape(predictions.shape)
    return np.abs(predictions * 1.0 - targets).sum() / len(predictions)
