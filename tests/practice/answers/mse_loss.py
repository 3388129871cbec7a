"""Answers to mse-loss."""

import numpy as np

from answers import right, wrong


def same_shapes(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")


@right
def by_squares(predictions, targets):
    same_shapes(predictions, targets)
    r = predictions - targets
    return float(np.sum(r**2) / (2 * len(r)))


@right
def by_a_dot_product(predictions, targets):
    same_shapes(predictions, targets)
    r = (predictions - targets).ravel()
    return 0.5 * (r @ r) / predictions.shape[0]


@right
def by_the_mean_of_rows(predictions, targets):
    same_shapes(predictions, targets)
    r = (predictions - targets).reshape(len(targets), -1)
    return np.mean(np.einsum("ik,ik->i", r, r)) / 2


@wrong("residuals of both signs", "½ is missing")
def no_half(predictions, targets):
    return 2 * by_squares(predictions, targets)


@wrong("residuals of both signs", "n = 4 is missing")
def not_averaged(predictions, targets):
    return by_squares(predictions, targets) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def half_of_np_mean(predictions, targets):
    same_shapes(predictions, targets)
    return 0.5 * np.mean((predictions - targets) ** 2)


@wrong("residuals of both signs", "square comes too late")
def square_of_the_sum(predictions, targets):
    same_shapes(predictions, targets)
    return np.sum(predictions - targets) ** 2 / (2 * len(targets))


@wrong("residuals of both signs", "difference of squares")
def difference_of_squares(predictions, targets):
    same_shapes(predictions, targets)
    return np.sum(predictions**2 - targets**2) / (2 * len(targets))


@wrong("residuals of both signs", "RMSE")
def root(predictions, targets):
    same_shapes(predictions, targets)
    r = predictions - targets
    return np.sqrt(np.sum(r**2) / len(r))


@wrong("shapes that differ", "compare the shapes first")
def broadcasting(predictions, targets):
    return np.sum((predictions - targets) ** 2) / (2 * len(targets))


@wrong("residuals of both signs", "twice")
def averaged_twice(predictions, targets):
    return by_squares(predictions, targets) / len(targets)


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets):
    same_shapes(predictions, targets)
    predictions -= targets
    predictions **= 2
    return predictions.sum() / (2 * len(targets))


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets):
    same_shapes(predictions, targets)
    total = 0.0
    for i in range(predictions.size):
        total += (predictions.flat[i] - targets.flat[i]) ** 2
    return total / (2 * len(targets))


@wrong("shapes (n, 1)", "the sum is missing")
def built_in_sum(predictions, targets):
    same_shapes(predictions, targets)
    return sum((predictions - targets) ** 2) / (2 * len(targets))


@wrong("residuals of both signs", "is a `return` missing")
def returns_in_one_branch_only(predictions, targets):
    if len(predictions) == 1:
        return by_squares(predictions, targets)


@right
def by_blas(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    r = predictions - targets
    return np.vdot(r, r) / len(r) / 2


@right
def by_a_slow_power(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    return np.float_power(predictions - targets, 2).sum() / (
        2 * len(predictions)
    )


@wrong("residuals of both signs", "as in `x / 2 * n`")
def times_n(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    return np.sum((predictions - targets) ** 2) / 2 * len(targets)


@wrong("residuals of both signs", "return the value itself")
def as_text(predictions, targets):
    r = predictions - targets
    return f"{np.sum(r**2) / 2 / len(r):.3f}"


@wrong("no Python loop", "Python's own sum")
def python_s_sum(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    return (
        sum(((predictions - targets) ** 2).ravel()) / 2 / len(targets)
    )
