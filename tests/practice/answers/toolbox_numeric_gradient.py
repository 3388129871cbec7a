"""Answers to toolbox-numeric-gradient."""

import numpy as np

from answers import right, wrong


@right
def with_copies(f, x):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += 1e-5
        below[index] -= 1e-5
        grad[index] = (f(above) - f(below)) / 2e-5
    return grad


@right
def by_moving_and_moving_back(f, x):
    x = x.astype(np.float64)
    grad = np.empty_like(x)
    h = 1e-6
    for i in range(x.size):
        kept = x.flat[i]
        x.flat[i] = kept + h
        above = f(x)
        x.flat[i] = kept - h
        below = f(x)
        x.flat[i] = kept
        grad.flat[i] = (above - below) / (2 * h)
    return grad


@right
def along_unit_vectors(f, x):
    x = x + 0.0
    steps = np.eye(x.size).reshape(-1, *x.shape) * 1e-5
    slopes = [(f(x + step) - f(x - step)) / 2e-5 for step in steps]
    return np.reshape(slopes, x.shape)


@wrong("a sum of cubes", "to one side only")
def one_sided(f, x):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above = x.copy()
        above[index] += 1e-5
        grad[index] = (f(above) - f(x)) / 1e-5
    return grad


@wrong("a sum of cubes", "a ½ is missing")
def divided_by_one_step(f, x):
    return 2 * with_copies(f, x)


@wrong("a sum of cubes", "sign is flipped")
def flipped(f, x):
    return -with_copies(f, x)


@wrong("entries that act", "moved back before the next")
def not_moved_back(f, x):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += 1e-3
        above = f(x)
        x[index] -= 2e-3
        grad[index] = (above - f(x)) / 2e-3
    return grad


@wrong("entries that act", "Only one entry")
def all_at_once(f, x):
    x = x.astype(float)
    slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return np.full(x.shape, slope)


@wrong("a sum of cubes", "too narrow a step")
def too_narrow(f, x):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += 1e-13
        below[index] -= 1e-13
        grad[index] = (f(above) - f(below)) / 2e-13
    return grad


@wrong("a steep slope", "too wide")
def too_wide(f, x):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += 1e-3
        below[index] -= 1e-3
        grad[index] = (f(above) - f(below)) / 2e-3
    return grad


@wrong("an array of integers", "rounded towards zero")
def in_the_dtype_of_x(f, x):
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += x.dtype.type(1e-5)
        below[index] -= x.dtype.type(1e-5)
        grad[index] = (f(above) - f(below)) / 2e-5
    return grad


@wrong("shape (n, K)", "Every entry is moved alone")
def row_by_row(f, x):
    x = x.astype(float)
    grad = np.zeros(x.shape)
    for i in range(len(x)):
        above, below = x.copy(), x.copy()
        above[i] += 1e-5
        below[i] -= 1e-5
        grad[i] = (f(above) - f(below)) / 2e-5
    return grad


@wrong("shape (n, K)", "axis was lost or added")
def flat(f, x):
    return with_copies(f, x).ravel()


@wrong("the input stays", "change the caller's array")
def moves_the_input(f, x):
    if x.dtype.kind == "f":
        x += 0.5
        x -= 0.5 + 1e-12
    return with_copies(f, x)


@wrong("a sum of cubes", "A single number")
def of_the_first_entry(f, x):
    return with_copies(f, x).flat[0]


@right
def by_rows_of_the_identity(f, x):
    x = x.astype(float)
    steps = 1e-5 * np.eye(x.size).reshape(x.size, *x.shape)
    return np.reshape(
        [(f(x + h) - f(x - h)) / 2e-5 for h in steps], x.shape
    )


@right
def by_complex_steps(f, x):
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1e-20j
        grad[index] = f(moved).imag / 1e-20
    return grad
