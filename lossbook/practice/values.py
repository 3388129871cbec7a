"""What goes into a reader's function and comes out of it, as numbers.

JSON has no arrays of a dtype, no inf and no NaN. Here an array is a
list, a list of another dtype than float64 is {"dtype": ..., "values":
...}, inf and NaN are text, and a function is {"function": its code}.
What is expected may be an interval, {"low": ..., "high": ...}.

Needs NumPy only where there are arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Interval: TypeAlias = tuple[float, float]
Expected: TypeAlias = float | Interval

LONGEST = 160


class Misfit(Exception):
    """A reader's function returned no such thing as was asked for."""

    def __init__(self, got: str, expected: str, means: str) -> None:
        super().__init__(got)
        self.got = got
        self.expected = expected
        self.means = means


@dataclass(frozen=True)
class Numbers:
    """A number or an array of them: its shape, and them in a row."""

    shape: tuple[int, ...]
    flat: Sequence[float]
    dtype: str

    def index(self, place: int) -> tuple[int, ...]:
        """The index of the number that stands at this place in flat."""
        index: list[int] = []
        for size in reversed(self.shape):
            place, here = divmod(place, size)
            index.insert(0, here)
        return tuple(index)


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


def returned(value: Any, returns: Any, numpy: Any) -> Numbers:
    """What a reader's function returned, as numbers.

    Args:
        returns: "number", "array", or the names of several numbers.

    Raises:
        Misfit: It is something else.
    """
    if isinstance(returns, list):
        return _several(value, returns)
    if returns == "number":
        return _number(value, numpy)
    return _array(value, numpy)


def _several(value: Any, names: Sequence[str]) -> Numbers:
    wanted = f"({', '.join(names)})"
    if value is None:
        raise Misfit("None", wanted, NOTHING)
    if not issubclass(type(value), tuple | list):
        raise Misfit(
            named(value),
            wanted,
            f"Return {len(names)} numbers at once:"
            f" `return {', '.join(names)}`.",
        )
    items = [*value]
    if len(items) != len(names):
        raise Misfit(
            f"{named(value)} of {len(items)}",
            wanted,
            f"Return {len(names)} numbers in this order: {wanted}.",
        )
    flat = [_number(one, None).flat[0] for one in items]
    return Numbers((len(names),), flat, "float64")


def _number(value: Any, numpy: Any) -> Numbers:
    kind = type(value)
    plain = issubclass(kind, int | float)
    if numpy and issubclass(kind, numpy.ndarray) and value.ndim > 0:
        raise Misfit(
            named(value),
            "a number",
            "One number is asked for, and an array came back: the sum"
            " is missing, or it runs along one axis only.",
        )
    if numpy and issubclass(kind, numpy.ndarray | numpy.generic):
        plain = value.dtype.kind in "fiub"
    if not plain:
        raise Misfit(
            named(value), "a number", INSTEAD.get(kind.__name__, NUMBER)
        )
    return Numbers((), [float(value)], "float64")


def _array(value: Any, numpy: Any) -> Numbers:
    kind = type(value)
    if issubclass(kind, numpy.generic | int | float):
        dtype = str(getattr(value, "dtype", "float64"))
        return Numbers((), [float(value)], dtype)
    if kind is not numpy.ndarray:
        raise Misfit(
            named(value),
            "a NumPy array",
            (INSTEAD | LIKE_ARRAYS).get(kind.__name__, ARRAY),
        )
    if value.dtype.kind not in "fiub":
        raise Misfit(
            named(value),
            "an array of floats",
            f"Its entries are of dtype {value.dtype}, not numbers.",
        )
    flat = [float(one) for one in value.ravel().tolist()]
    return Numbers(value.shape, flat, str(value.dtype))


NOTHING = "Nothing came back: is a `return` missing on this way?"
COMPLEX = (
    "A complex number comes from a root or a power of a negative"
    " number."
)
NUMBER = "One number is asked for, such as a float."
ARRAY = "Return a plain NumPy array."
# What came back in the place of a number or an array: its type.
INSTEAD = {
    "NoneType": NOTHING,
    "complex": COMPLEX,
    "complex128": COMPLEX,
    "tuple": "Several values came back: is there a comma too many after"
    " `return`?",
    "generator": "A function with `yield`, or (… for …), gives a"
    " generator: `return` what was asked for.",
    "function": "A function came back and was not called: its () are"
    " missing.",
    "str": "That is text: return the value itself.",
}
LIKE_ARRAYS = {
    "list": "A list cannot be added or scaled: return an array.",
    "matrix": "np.matrix is an old class where * means the matrix"
    " product and every row stays 2-D: use a plain array.",
}


def named(value: Any) -> str:
    """A value that is no number, in words."""
    if value is None:
        return "None"
    name = type(value).__name__
    if name == "ndarray":
        return f"an array of shape {value.shape}, {value.dtype}"
    article = "an" if name[0] in "aeiouAEIOU" else "a"
    return f"{article} {name}"


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


def shown(number: Expected) -> str:
    """A number as a message shows it."""
    if isinstance(number, tuple):
        low, high = map(shown, number)
        return f"between {low} and {high}"
    return f"{number:.10g}"


def shown_apart(got: float, wanted: Expected) -> tuple[str, str]:
    """Both, with more digits if they would look alike."""
    if isinstance(wanted, float) and shown(got) == shown(wanted):
        return repr(got), repr(wanted)
    return shown(got), shown(wanted)


def shown_call(names: Sequence[str], args: Sequence[Any]) -> str:
    """The packed arguments of a call as a message shows them."""
    return ", ".join(
        f"{name} = {_shown_argument(arg)}"
        for name, arg in zip(names, args, strict=False)
    )


def _shown_argument(arg: Any) -> str:
    if isinstance(arg, dict) and "function" in arg:
        return str(arg["function"])
    if isinstance(arg, dict):
        return f"{_shown_values(arg['values'])} ({arg['dtype']})"
    return _shown_values(arg)


def _shown_values(values: Any) -> str:
    if isinstance(values, list):
        text = f"[{', '.join(map(_shown_values, values))}]"
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return values if isinstance(values, str) else f"{values:.10g}"


def of_shape(shape: tuple[int, ...]) -> str:
    """A shape in words."""
    return f"shape {shape}" if shape else "a single number"
