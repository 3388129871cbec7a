"""Sees an overflow where NumPy gives no warning.

In a browser it never warns: WebAssembly does not tell of an overflow.
So the arrays themselves look at what is computed from them.
"""

from __future__ import annotations

from typing import Any


def watched(array: Any, numpy: Any) -> Any:
    """The array; what makes inf of its finite numbers raises.

    The error is the FloatingPointError of NumPy's errstate.
    """

    class Watched(numpy.ndarray):  # type: ignore[misc]
        def __array_ufunc__(
            self, ufunc: Any, method: str, *inputs: Any, **options: Any
        ) -> Any:
            if "out" in options:
                options["out"] = tuple(map(plain, options["out"]))
            inputs = tuple(map(plain, inputs))
            result = getattr(ufunc, method)(*inputs, **options)
            finite = all(numpy.isfinite(one).all() for one in inputs)
            if finite and numpy.isinf(result).any():
                raise FloatingPointError(
                    f"overflow encountered in {ufunc.__name__}"
                )
            return numpy.asarray(result).view(Watched)

    def plain(value: Any) -> Any:
        return unwatched(value, numpy)

    return numpy.asarray(array).view(Watched)


def unwatched(value: Any, numpy: Any) -> Any:
    """The same as a plain array, if it is a watched one."""
    if type(value).__name__ == "Watched":
        return value.view(numpy.ndarray)
    return value
