"""Answers to quantile-grad."""

import numpy as np

from answers import right, wrong


@right
def by_where(predictions, targets, tau):
    slope = np.where(predictions < targets, -tau, 1 - tau)
    return slope / len(predictions)


@right
def by_heaviside(predictions, targets, tau):
    step = np.heaviside(predictions - targets, 0.5)
    return (step - tau) / predictions.shape[0]


@right
def by_sign(predictions, targets, tau):
    r = predictions - targets
    return (0.5 * np.sign(r) + 0.5 - tau) / len(r)


@wrong("predictions on both sides", "so that descent raises it")
def flipped(predictions, targets, tau):
    return -by_where(predictions, targets, tau)


@wrong("predictions on both sides", "τ and 1 − τ are swapped")
def swapped(predictions, targets, tau):
    return by_where(predictions, targets, 1 - tau)


@wrong("predictions on both sides", "sides are swapped")
def sides_swapped(predictions, targets, tau):
    slope = np.where(predictions > targets, -tau, 1 - tau)
    return slope / len(slope)


@wrong("predictions on both sides", "n = 4 is missing")
def not_averaged(predictions, targets, tau):
    return np.where(predictions < targets, -tau, 1 - tau)


@wrong("shapes (n, 1)", "all 6 entries")
def by_all_entries(predictions, targets, tau):
    slope = np.where(predictions < targets, -tau, 1 - tau)
    return slope / slope.size


@wrong("predictions on both sides", "1 − τ, not 1")
def one_above(predictions, targets, tau):
    slope = np.where(predictions < targets, -tau, 1)
    return slope / len(slope)


@wrong("predictions on both sides", "loss, not its slope")
def times_the_residual(predictions, targets, tau):
    r = predictions - targets
    return np.where(r < 0, -tau, 1 - tau) * r / len(r)


@wrong("predictions on both sides", "sign is lost")
def absolute(predictions, targets, tau):
    return np.abs(by_where(predictions, targets, tau))


@wrong("at the kink", "outside")
def beyond_at_the_kink(predictions, targets, tau):
    slope = by_where(predictions, targets, tau)
    slope[predictions == targets] = 1
    return slope


@wrong("outliers", "NaN")
def by_division(predictions, targets, tau):
    r = predictions - targets
    safe = np.where(r == 0, 1, r)
    return (np.abs(safe) / safe / 2 + 0.5 - tau) / len(r)


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets, tau):
    slope = np.empty(predictions.shape)
    for index, p in np.ndenumerate(predictions):
        slope[index] = -tau if p < targets[index] else 1 - tau
    return slope / len(slope)


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets, tau):
    below = predictions < targets
    predictions[below] = -tau
    predictions[~below] = 1 - tau
    return predictions / len(predictions)


@right
def half_a_sign(predictions, targets, tau):
    side = np.sign(predictions - targets) / 2
    return (side + 0.5 - tau) / predictions.shape[0]


@wrong("predictions on both sides", "off by the same 0.1")
def of_the_median(predictions, targets, tau):
    return np.where(predictions < targets, -0.5, 0.5) / len(targets)


@wrong("predictions on both sides", "2 of the 4 numbers are right")
def plus_tau_above(predictions, targets, tau):
    return np.where(predictions < targets, -tau, 1 + tau) / len(targets)
