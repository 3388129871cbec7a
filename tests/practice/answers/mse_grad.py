"""Answers to mse-grad."""

import numpy as np

from answers import right, wrong


def same_shapes(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")


@right
def residual_over_n(predictions, targets):
    same_shapes(predictions, targets)
    return (predictions - targets) / len(predictions)


@right
def in_steps(predictions, targets):
    same_shapes(predictions, targets)
    grad = np.array(predictions, dtype=np.result_type(predictions, 1.0))
    grad -= targets
    grad /= predictions.shape[0]
    return grad


@right
def by_a_product(predictions, targets):
    if np.shape(predictions) != np.shape(targets):
        raise ValueError(f"{np.shape(predictions)}")
    return np.true_divide(
        np.subtract(predictions, targets), len(targets)
    )


@wrong("residuals of both signs", "prediction minus target")
def flipped(predictions, targets):
    same_shapes(predictions, targets)
    return (targets - predictions) / len(targets)


@wrong("residuals of both signs", "n = 4 is missing")
def not_averaged(predictions, targets):
    same_shapes(predictions, targets)
    return predictions - targets


@wrong("residuals of both signs", "cancels the 2")
def twice(predictions, targets):
    return 2 * residual_over_n(predictions, targets)


@wrong("shapes (n, 1)", "all 6 entries")
def by_all_entries(predictions, targets):
    same_shapes(predictions, targets)
    return (predictions - targets) / predictions.size


@wrong("residuals of both signs", "without the ½")
def of_np_mean(predictions, targets):
    same_shapes(predictions, targets)
    return 2 * (predictions - targets) / predictions.size


@wrong("residuals of both signs", "loss, not its slope")
def the_terms(predictions, targets):
    same_shapes(predictions, targets)
    return (predictions - targets) ** 2 / (2 * len(targets))


@wrong("residuals of both signs", "targets were forgotten")
def without_targets(predictions, targets):
    same_shapes(predictions, targets)
    return predictions / len(targets)


@wrong("shapes that differ", "stretches (n,)")
def broadcasting(predictions, targets):
    return (predictions - targets) / len(predictions)


@wrong("shapes (n, 1)", "transposed")
def transposed(predictions, targets):
    same_shapes(predictions, targets)
    return ((predictions - targets) / len(targets)).T


@wrong("residuals of both signs", "A single number")
def averaged(predictions, targets):
    same_shapes(predictions, targets)
    return np.mean(predictions - targets)


@wrong("float32 stays", "float64 array crept in")
def in_float64(predictions, targets):
    same_shapes(predictions, targets)
    return (
        (predictions - targets) * np.ones(targets.shape) / len(targets)
    )


@wrong("integers in", "rounded towards zero")
def into_integers(predictions, targets):
    same_shapes(predictions, targets)
    grad = predictions.copy()
    grad[:] = np.clip(
        (predictions - targets) / len(targets), -1e308, 1e308
    )
    return grad


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets):
    same_shapes(predictions, targets)
    rows = [
        (p - t) / len(targets)
        for p, t in zip(predictions, targets, strict=True)
    ]
    return np.array(rows)


@right
def each_over_n(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    n = len(predictions)
    return np.true_divide(predictions, n) - np.true_divide(targets, n)


@wrong("residuals of both signs", "Only whole numbers come out")
def floored(predictions, targets):
    return (predictions - targets) // len(targets)


@wrong("no Python loop", "Python's own sum or map")
def by_map(predictions, targets):
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    found = [*map(np.subtract, predictions, targets)]
    return np.array(found) / len(targets)


@wrong("residuals of both signs", "Several values came back")
def with_a_comma(predictions, targets):
    return ((predictions - targets) / len(targets),)


@wrong("residuals of both signs", "`return` what was asked for")
def as_a_generator(predictions, targets):
    yield (predictions - targets) / len(targets)


@right
def of_plain_arrays_only(predictions, targets):
    for one in (predictions, targets):
        if type(one) is not np.ndarray:
            raise TypeError("no array")
    if predictions.shape != targets.shape:
        raise ValueError("shapes differ")
    return (predictions - targets) / len(targets)
