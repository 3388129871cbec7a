"""Answers to toolbox-sigmoid."""

import math

import numpy as np

from answers import right, wrong


@right
def by_where(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


@right
def by_masks(x):
    result = np.empty_like(x)
    right_side = x >= 0
    result[right_side] = 1 / (1 + np.exp(-x[right_side]))
    exps = np.exp(x[~right_side])
    result[~right_side] = exps / (1 + exps)
    return result


@right
def by_logaddexp(x):
    return np.exp(-np.logaddexp(0, -x))


@wrong("far out", "NumPy warns", "positive number overflows")
def textbook(x):
    return 1 / (1 + np.exp(-x))


@wrong("far out", "computes both of its branches")
def where_of_two_forms(x):
    exps = np.exp(x)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), exps / (1 + exps))


@wrong("small numbers", "minus in the exponent is missing")
def mirrored(x):
    return 1 / (1 + np.exp(x))


@wrong("at ±inf", "that form is for x < 0 only")
def inf_over_inf(x):
    return np.exp(x) / (1 + np.exp(x))


@wrong("the digits far", "cancels far on the left")
def by_tanh(x):
    return (1 + np.tanh(x / 2)) / 2


@wrong("the digits far", "Clipping the argument")
def clipped(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


@wrong("small numbers", "σ(2x)")
def tanh_of_x(x):
    return 0.5 * (1 + np.tanh(x))


@wrong("small numbers", "right for x ≥ 0 only")
def of_the_absolute_value(x):
    return 1 / (1 + np.exp(-np.abs(x)))


@wrong("float32 stays", "float64 array crept in")
def in_float64(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, np.ones(x.shape), small) / (1 + small)


@wrong("shape (n, K)", "axis was lost or added")
def flattened(x):
    return by_where(x.ravel())


@wrong("no Python loop", "np.vectorize")
def vectorize(x):
    def one(number):
        small = np.exp(-abs(number))
        return (1 if number >= 0 else small) / (1 + small)

    return np.vectorize(one, otypes=[x.dtype])(x)


@wrong("the input stays", "change the caller's array")
def in_place(x):
    negative = x < 0
    np.abs(x, out=x)
    small = np.exp(-x)
    return np.where(negative, small, 1) / (1 + small)


@right
def piecewise(x):
    def left(x):
        return np.exp(x) / (1 + np.exp(x))

    return np.piecewise(
        x, [x < 0], [left, lambda x: 1 / (1 + np.exp(-x))]
    )


@wrong("small numbers", "want one truth value")
def by_if(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))


@wrong("small numbers", "those of NumPy take arrays")
def by_math(x):
    return 1 / (1 + math.exp(-x))


@wrong("far out", "overflows")
def with_the_warning_silenced(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))
