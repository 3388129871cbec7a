"""What goes into a reader's function, and what is expected of it.

JSON has no arrays of a dtype, no inf and no NaN. Here an array is a
list, a list of another dtype than float64 is {"dtype": ..., "values":
...}, inf and NaN are text, and a function is {"function": its code}.
What is expected may be an interval, {"low": ..., "high": ...}.

Needs NumPy only where there are arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Interval: TypeAlias = tuple[float, float]
Expected: TypeAlias = float | Interval


def argument(packed: Any, numpy: Any) -> Any:
    """What a packed argument stands for."""
    if isinstance(packed, dict) and "function" in packed:
        # Written by the author of the challenge, not by the reader.
        return eval(packed["function"], {"np": numpy})
    if isinstance(packed, dict):
        values = unpacked(packed["values"])
        return numpy.array(values, dtype=packed["dtype"])
    if isinstance(packed, list):
        return numpy.array(unpacked(packed), dtype="float64")
    return unpacked(packed)


def unpacked(values: Any) -> Any:
    """The values with inf and NaN as numbers."""
    if isinstance(values, list):
        return [unpacked(value) for value in values]
    return float(values) if isinstance(values, str) else values


def packed(values: Any) -> Any:
    """The reverse, for nested lists of numbers and intervals."""
    if isinstance(values, list):
        return [packed(value) for value in values]
    if isinstance(values, tuple):
        low, high = values
        return {"low": packed(low), "high": packed(high)}
    special = isinstance(values, float) and values - values != 0
    return repr(values) if special else values


def expected_numbers(values: Any) -> tuple[tuple[int, ...], list[Any]]:
    """The shape of packed values, and the values in a row."""
    shape = []
    level = values
    while isinstance(level, list):
        shape.append(len(level))
        level = level[0]
    return tuple(shape), list(_leaves(values))


def _leaves(values: Any) -> Iterator[Expected]:
    if isinstance(values, list):
        for value in values:
            yield from _leaves(value)
    elif isinstance(values, dict):
        yield float(values["low"]), float(values["high"])
    else:
        yield float(values)


def batch(args: Sequence[Any]) -> tuple[int, int]:
    """The batch size, and how many entries there are in all."""
    for arg in args:
        if getattr(arg, "shape", ()):
            return len(arg), int(arg.size)
    return 1, 1


def rounding(
    args: Sequence[Any], check: Mapping[str, Any]
) -> tuple[float, float]:
    """How far off a right answer may be: as a share, and at all."""
    dtypes = [str(getattr(arg, "dtype", "")) for arg in args]
    single = "float32" in dtypes
    rtol, atol = (2e-5, 1e-7) if single else (1e-9, 1e-12)
    return check.get("rtol", rtol), check.get("atol", atol)


def close(
    got: float, wanted: Expected, rtol: float, atol: float
) -> bool:
    """Whether a number is the wanted one, but for rounding."""
    if isinstance(wanted, tuple):
        low, high = wanted
        room = atol + rtol * max(abs(low), abs(high))
        return low - room <= got <= high + room
    if got != got or wanted != wanted:
        return got != got and wanted != wanted
    return got == wanted or (
        abs(got - wanted) <= atol + rtol * abs(wanted) < float("inf")
    )
