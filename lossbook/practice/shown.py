"""Numbers, shapes and arguments as a message shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lossbook.practice.values import Expected

LONGEST = 160


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
