"""Checks of targets, with errors that say where and what is wrong."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lossbook.numerics import Array, as_float


def require(
    allowed: NDArray[np.bool], values: Array, name: str, problem: str
) -> None:
    """Raise ValueError for the first of the values not allowed."""
    if not allowed.all():
        index = np.unravel_index(np.argmin(allowed), allowed.shape)
        place = str(list(map(int, index))) if index else ""
        raise ValueError(f"{name}{place} is {values[index]}, {problem}")


def check_signs(targets: Array) -> None:
    """Raise ValueError for the first target that is not -1 or +1."""
    require(
        np.abs(targets) == 1,
        targets,
        "targets",
        "not -1 or +1: labels 0 and 1 become signs by 2 * labels - 1",
    )


def non_negative(values: ArrayLike, name: str) -> Array:
    """The values as floats, once each is seen to be in [0, inf).

    Raises ValueError, naming index and value, and TypeError if they
    are not real numbers.
    """
    array = as_float(values, name)
    allowed = np.asarray((array >= 0) & (array < np.inf))
    require(allowed, array, name, "not a number in [0, inf)")
    return array


def measures(values: ArrayLike, name: str) -> Array:
    """The values as floats, once each row is seen to have a sum.

    Rows run along the last axis.
    Raises ValueError, naming row and value, for what is negative,
    infinite or NaN and for a sum beyond the largest float, and
    TypeError if the values are not real numbers.
    """
    array = non_negative(values, name)
    sums = sums_of_rows(array)
    problem = "more than a float can hold"
    require(sums < np.inf, sums, f"the sum of {name}", problem)
    return array


def distributions(values: ArrayLike, name: str) -> Array:
    """The values as floats, once each row is seen to sum to 1.

    Rows run along the last axis. They may miss 1 by half the digits
    of their dtype: 1.5e-8 in float64, 3e-4 in float32.
    Raises ValueError, naming row and value, for what is negative,
    infinite or NaN and for a wrong sum, and TypeError if the values
    are not real numbers.
    """
    array = non_negative(values, name)
    if array.ndim == 0:
        raise ValueError(f"{name} is a number, not a row of them")
    sums = sums_of_rows(array)
    error = np.abs(sums - 1)
    allowed = error <= np.sqrt(np.finfo(array.dtype).eps)
    require(allowed, sums, f"the sum of {name}", "not 1")
    return array


@np.errstate(over="ignore")
def sums_of_rows(array: Array) -> NDArray[np.float64]:
    """Sums along the last axis.

    Why not array.sum(dtype=…)? It converts a buffer at a time, and
    its last digit, which a message shows, depends on the buffer.
    """
    return np.asarray(array.astype(np.float64, copy=False).sum(-1))
