"""What a reader's function returned, as numbers; or that it is none.

Needs NumPy only where there are arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


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
