"""Answers to quantile-loss."""

import numpy as np

from answers import right, wrong


@right
def by_maximum(predictions, targets, tau):
    r = predictions - targets
    return float(np.maximum(-tau * r, (1 - tau) * r).sum() / len(r))


@right
def by_where(predictions, targets, tau):
    short = targets - predictions
    cost = np.where(short > 0, tau * short, (tau - 1) * short)
    return cost.sum() / cost.shape[0]


@right
def by_two_sums(predictions, targets, tau):
    r = (predictions - targets).ravel()
    above, below = r[r > 0].sum(), -r[r < 0].sum()
    return (tau * below + (1 - tau) * above) / len(targets)


@wrong("predictions on both sides", "swapped")
def target_minus_prediction(predictions, targets, tau):
    return by_maximum(targets, predictions, tau)


@wrong("predictions on both sides", "n = 4 is missing")
def not_averaged(predictions, targets, tau):
    return by_maximum(predictions, targets, tau) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def np_mean(predictions, targets, tau):
    r = predictions - targets
    return np.mean(np.maximum(-tau * r, (1 - tau) * r))


@wrong("predictions on both sides", "is negative")
def minimum(predictions, targets, tau):
    r = predictions - targets
    return np.minimum(-tau * r, (1 - tau) * r).sum() / len(r)


@wrong("predictions on both sides", "Both sides cost τ")
def same_price(predictions, targets, tau):
    return tau * np.abs(predictions - targets).sum() / len(targets)


@wrong("predictions on both sides", "above its target costs nothing")
def one_sided(predictions, targets, tau):
    short = np.maximum(targets - predictions, 0)
    return tau * short.sum() / len(short)


@wrong("predictions on both sides", "negative")
def negative_below(predictions, targets, tau):
    r = predictions - targets
    return np.where(r < 0, tau * r, (1 - tau) * r).sum() / len(r)


@wrong("large and infinite", "0 · inf")
def by_masks(predictions, targets, tau):
    r = predictions - targets
    below = r < 0
    return ((1 - tau) * r * ~below - tau * r * below).sum() / len(r)


@wrong("predictions on both sides", "first ½")
def without_the_half(predictions, targets, tau):
    r = predictions - targets
    return (np.abs(r) + (0.5 - tau) * r).sum() / len(r)


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets, tau):
    total = 0.0
    for p, t in zip(predictions.ravel(), targets.ravel(), strict=True):
        r = p - t
        total += -tau * r if r < 0 else (1 - tau) * r
    return total / len(targets)


@wrong("predictions on both sides", "the sum is missing")
def every_term(predictions, targets, tau):
    r = predictions - targets
    return np.maximum(-tau * r, (1 - tau) * r)


@right
class AsAClass:
    def __init__(self, tau):
        self.tau = tau

    def loss(self, predictions, targets):
        r = (predictions - targets).ravel()
        return (
            np.where(r < 0, -self.tau, 1 - self.tau) @ r / len(targets)
        )


@wrong("shapes (n, 1)", "first check fails too")
def minus_above(predictions, targets, tau):
    r = predictions - targets
    return np.sum(np.where(r < 0, -tau * r, (tau - 1) * r)) / len(r)
