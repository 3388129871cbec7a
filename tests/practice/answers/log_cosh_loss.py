"""Answers to log-cosh-loss."""

import numpy as np

from answers import right, wrong


@right
def by_log1p(predictions, targets):
    size = np.abs(predictions - targets)
    terms = size + np.log1p(np.exp(-2 * size)) - np.log(2)
    return float(terms.sum() / len(size))


@right
def by_logaddexp(predictions, targets):
    r = predictions - targets
    return (np.logaddexp(r, -r) - np.log(2)).sum() / r.shape[0]


@right
def by_where(predictions, targets):
    size = np.abs(predictions - targets)
    near = np.log(np.cosh(np.minimum(size, 20)))
    return np.where(size < 20, near, size - np.log(2)).sum() / len(size)


@wrong("residuals of ±1000", "cosh overflows")
def naive(predictions, targets):
    return np.log(np.cosh(predictions - targets)).sum() / len(targets)


@wrong("residuals of both signs", "log 2")
def without_log_2(predictions, targets):
    size = np.abs(predictions - targets)
    return (size + np.log1p(np.exp(-2 * size))).sum() / len(size)


@wrong("residuals of both signs", "exponent is −2|r|")
def without_the_2(predictions, targets):
    size = np.abs(predictions - targets)
    terms = size + np.log1p(np.exp(-size)) - np.log(2)
    return terms.sum() / len(size)


@wrong("residuals of ±1000", "take |r|")
def without_abs(predictions, targets):
    r = predictions - targets
    return (r + np.log1p(np.exp(-2 * r)) - np.log(2)).sum() / len(r)


@wrong("residuals of both signs", "n = 4 is missing")
def not_averaged(predictions, targets):
    return by_logaddexp(predictions, targets) * len(targets)


@wrong("shapes (n, 1)", "all 6 entries")
def np_mean(predictions, targets):
    r = predictions - targets
    return np.mean(np.logaddexp(r, -r) - np.log(2))


@wrong("residuals of ±1000", "Clipping the residual caps")
def clipped(predictions, targets):
    r = np.clip(predictions - targets, -500, 500)
    return np.log(np.cosh(r)).sum() / len(r)


@wrong("residuals of both signs", "Only the tail is left")
def tail(predictions, targets):
    size = np.abs(predictions - targets)
    return (size - np.log(2)).sum() / len(size)


@wrong("residuals of both signs", "log of a mean")
def log_of_the_mean(predictions, targets):
    return np.log(np.mean(np.cosh(predictions - targets)))


@wrong("no Python loop", "one by one")
def by_loop(predictions, targets):
    total = 0.0
    for r in (predictions - targets).ravel():
        total += np.logaddexp(r, -r) - np.log(2)
    return total / len(targets)


@wrong("the input stays", "change the caller's array")
def in_place(predictions, targets):
    predictions -= targets
    np.abs(predictions, out=predictions)
    return by_log1p(predictions, np.zeros_like(predictions))


@right
def cosh_where_it_fits(predictions, targets):
    size = np.abs(predictions - targets)
    terms = size - np.log(2)
    terms[size < 20] = np.log(np.cosh(size[size < 20]))
    return np.array(terms.sum() / len(terms))


@right
def by_logaddexp_of_rows(predictions, targets):
    r = (predictions - targets).reshape(len(targets), -1)
    return float(np.mean((np.logaddexp(r, -r) - np.log(2)).sum(1)))


@wrong("residuals of both signs", "n = 4 is missing")
def naive_and_not_averaged(predictions, targets):
    return np.log(np.cosh(predictions - targets)).sum()


@wrong("no Python loop", "Python's own sum")
def python_s_sum(predictions, targets):
    size = np.abs(predictions - targets)
    terms = size + np.log1p(np.exp(-2 * size)) - np.log(2)
    return sum(terms.ravel()) / len(terms)
