"""Answers to mae-grad."""

import numpy as np

from answers import right, wrong


@right
def by_sign(predictions, targets):
    return np.sign(predictions - targets) / len(predictions)


@right
def with_another_subgradient(predictions, targets):
    r = predictions - targets
    slope = np.where(r >= 0, 1.0, -1.0)
    slope[np.isnan(r)] = np.nan
    kind = r.dtype if r.dtype.kind == "f" else float
    return (slope / len(slope)).astype(kind)


@right
def by_copysign(predictions, targets):
    r = (predictions - targets) * 1.0
    one = np.where(np.isnan(r), r, r.dtype.type(1))
    return np.copysign(one, r) / r.dtype.type(len(r))


@wrong("residuals of both signs", "prediction minus target")
def flipped(predictions, targets):
    return np.sign(targets - predictions) / len(targets)


@wrong("residuals of both signs", "n = 4 is missing")
def not_averaged(predictions, targets):
    return np.sign(predictions - targets)


@wrong("shapes (n, 1)", "all 6 entries")
def by_all_entries(predictions, targets):
    return np.sign(predictions - targets) / predictions.size


@wrong("residuals of both signs", "gradient of MSE")
def of_mse(predictions, targets):
    return (predictions - targets) / len(targets)


@wrong("at the kink", "0/0 at the kink")
def by_division(predictions, targets):
    r = predictions - targets
    return r / np.abs(r) / len(r)


@wrong("NaN stays NaN", "comparison with NaN is False")
def by_comparison(predictions, targets):
    slope = np.where(predictions > targets, 1.0, -1.0) / len(targets)
    return slope.astype(np.result_type(predictions, np.float32))


@wrong("NaN stays NaN", "looks like a perfect one")
def by_two_comparisons(predictions, targets):
    above, below = predictions > targets, predictions < targets
    slope = (above * 1.0 - below) / len(targets)
    return slope.astype(np.result_type(predictions, np.float32))


@wrong("residuals of both signs", "slope is −1, not 0")
def half(predictions, targets):
    return np.where(predictions > targets, 1, 0) / len(targets)


@wrong("float32 stays float32", "float64 array crept in")
def in_float64(predictions, targets):
    return np.sign(predictions - targets).astype(float) / len(targets)


@wrong("integers in", "rounded towards zero")
def into_integers(predictions, targets):
    slope = np.empty_like(predictions)
    slope[...] = np.nan_to_num(
        np.sign(predictions - targets) / len(targets)
    )
    return slope


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets):
    if predictions.dtype.kind == "f":
        predictions -= targets
        return np.sign(predictions) / len(targets)
    return np.sign(predictions - targets) / len(targets)


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets):
    slope = np.zeros(
        predictions.shape, np.result_type(predictions, 0.5)
    )
    for index in np.ndindex(predictions.shape):
        slope[index] = np.sign(predictions[index] - targets[index])
    return slope / len(slope)


@wrong("residuals of both signs", "A single number")
def summed(predictions, targets):
    return np.sum(np.sign(predictions - targets)) / len(targets)


@right
def with_minus_and_plus_1(predictions, targets):
    r = predictions - targets
    if r.dtype.kind != "f":
        r = r.astype(float)
    r[r > 0] = 1
    r[r < 0] = -1
    return r / len(r)


@wrong("integers in", "rounded towards zero")
def fractions_into_integers(predictions, targets):
    slope = np.zeros_like(predictions)
    slope[...] = np.sign(predictions - targets)
    slope[slope == slope] = slope[slope == slope] / len(slope)
    return slope


@wrong("residuals of both signs", "Nearly right")
def with_an_epsilon(predictions, targets):
    r = predictions - targets
    return r / (np.abs(r) + 1e-8) / len(r)
