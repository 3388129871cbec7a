"""Answers to huber-grad."""

import numpy as np

from answers import right, wrong


@right
def by_clipping(predictions, targets, delta=1.0):
    return np.clip(predictions - targets, -delta, delta) / len(targets)


@right
def by_where(predictions, targets, delta=1.0):
    r = predictions - targets
    slope = np.where(np.abs(r) <= delta, r, delta * np.sign(r))
    return slope / predictions.shape[0]


@right
def by_assignment(predictions, targets, delta=1.0):
    r = predictions - targets
    if r.dtype.kind != "f":
        r = r.astype(float)
    r[r > delta] = delta
    r[r < -delta] = -delta
    return r / len(r)


@right
class InAClass:
    def __init__(self, delta=1.0):
        self.delta = delta

    def grad(self, predictions, targets):
        r = np.minimum(predictions - targets, self.delta)
        return np.maximum(r, -self.delta) / len(r)


@wrong("values inside", "prediction minus target")
def flipped(predictions, targets, delta=1.0):
    return np.clip(targets - predictions, -delta, delta) / len(targets)


@wrong("values inside", "the division by the batch size n = 4")
def not_averaged(predictions, targets, delta=1.0):
    return np.clip(predictions - targets, -delta, delta)


@wrong("values inside", "sign is flipped", "n = 4 is missing")
def flipped_and_not_averaged(predictions, targets, delta=1.0):
    return np.clip(targets - predictions, -delta, delta)


@wrong("shapes (n, 1)", "all 6 entries")
def by_all_entries(predictions, targets, delta=1.0):
    r = predictions - targets
    return np.clip(r, -delta, delta) / r.size


@wrong("values inside", "gradient of MSE")
def not_clipped(predictions, targets, delta=1.0):
    return (predictions - targets) / len(targets)


@wrong("another δ", "±δ, not ±1")
def sign_beyond(predictions, targets, delta=1.0):
    r = predictions - targets
    return np.where(np.abs(r) <= delta, r, np.sign(r)) / len(r)


@wrong("at zero", "NaN")
def sign_by_division(predictions, targets, delta=1.0):
    r = predictions - targets
    size = np.abs(r)
    return np.where(
        size < delta, r / size * size, delta * r / size
    ) / len(r)


@wrong("outliers", "by a mask")
def by_masks(predictions, targets, delta=1.0):
    r = predictions - targets
    inside = np.abs(r) <= delta
    return (r * inside + delta * np.sign(r) * ~inside) / len(r)


@wrong("at zero", "fell into no branch")
def strict_on_both_sides(predictions, targets, delta=1.0):
    r = predictions - targets
    inside = np.where(np.abs(r) < delta, r, 0)
    beyond = np.where(np.abs(r) > delta, delta * np.sign(r), 0)
    return (inside + beyond) / len(r)


@wrong("values inside", "nothing is to be summed or averaged")
def one_number(predictions, targets, delta=1.0):
    return np.mean(np.clip(predictions - targets, -delta, delta))


@wrong("float32 stays", "float64 array crept in")
def in_float64(predictions, targets, delta=1.0):
    slope = np.zeros(predictions.shape)
    slope += np.clip(predictions - targets, -delta, delta)
    return slope / len(slope)


@wrong("integers in", "rounded towards zero")
def into_an_array_like_the_input(predictions, targets, delta=1.0):
    slope = np.zeros_like(predictions)
    r = np.clip(predictions - targets, -delta, delta) / len(targets)
    slope[...] = r
    return slope


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets, delta=1.0):
    if predictions.dtype.kind == "f":
        np.subtract(predictions, targets, out=predictions)
    else:
        predictions = predictions - targets
    return np.clip(predictions, -delta, delta) / len(predictions)


@wrong("no Python loop", "np.vectorize")
def vectorize(predictions, targets, delta=1.0):
    slope = np.vectorize(lambda r: max(-delta, min(delta, float(r))))
    found = slope(predictions - targets)
    return found.astype(np.result_type(predictions, 0.5)) / len(found)


@wrong("shapes (n, 1)", "axis was lost or added")
def flattened(predictions, targets, delta=1.0):
    r = (predictions - targets).ravel()
    return np.clip(r, -delta, delta) / len(targets)


@wrong("values inside", "cannot be added or scaled")
def as_a_list(predictions, targets, delta=1.0):
    r = np.clip(predictions - targets, -delta, delta) / len(targets)
    return r.tolist()


@wrong("values inside", "np.matrix")
def as_a_matrix(predictions, targets, delta=1.0):
    r = np.clip(predictions - targets, -delta, delta) / len(targets)
    return np.asmatrix(r)


@right
def with_copysign(predictions, targets, delta=1.0):
    r = predictions - targets
    return np.copysign(np.fmin(np.fabs(r), delta), r) / len(r)


@wrong("integers in", "rounded towards zero")
def by_masks_like_the_input(predictions, targets, delta=1.0):
    slope, r = np.zeros_like(predictions), predictions - targets
    inside = np.abs(r) <= delta
    slope[inside] = r[inside]
    slope[~inside] = delta * np.sign(r[~inside])
    return slope / len(slope)


@wrong("integers in", "rounded towards zero")
def like_the_input_and_not_averaged(predictions, targets, delta=1.0):
    slope = np.zeros_like(predictions)
    slope[...] = np.clip(predictions - targets, -delta, delta)
    return slope


@wrong("integers in", "make a new one")
def in_place_of_integers(predictions, targets, delta=1.0):
    r = predictions - targets
    np.clip(r, -delta, delta, out=r)
    return r / len(r)


@wrong("integers in", "`delta` is not used")
def delta_is_always_1(predictions, targets, delta=1.0):
    return np.clip(predictions - targets, -1, 1) / len(targets)


@wrong("float32 stays", "first check fails too")
def smooth(predictions, targets, delta=1.0):
    return (
        delta * np.tanh((predictions - targets) / delta) / len(targets)
    )
