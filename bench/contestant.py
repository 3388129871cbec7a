"""What is timed, and the proof that all of it computes the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.cases import Batch
from lossbook.numerics import Array


@dataclass(frozen=True)
class Contestant:
    """One way to compute the loss of a batch.

    Attributes:
        call: returns (value, gradient), in whatever types the library
            has; the gradient is None if there is none.
        scale: ours is the peer's times this.
        ceiling: whether it computes no loss, but shows how fast this
            machine can be at all.
    """

    name: str
    call: Callable[[], tuple[Any, Any]]
    scale: float = 1.0
    ceiling: bool = False


# A peer: its contestants for a batch, on so many threads. One that
# lacks the function yields none.
Peer = Callable[[Batch, int], Iterator[Contestant]]


class DisagreementError(Exception):
    """A contestant computes something else than ours."""


def result(contestant: Contestant) -> tuple[float, Array | None]:
    """Value and gradient as NumPy has them, in our scale."""
    value, gradient = contestant.call()
    if gradient is not None:
        # A product is new: the next call may overwrite the original.
        gradient = np.asarray(gradient) * contestant.scale
    return float(value) * contestant.scale, gradient


def check(
    contestant: Contestant, value: float, gradient: Array
) -> bool:
    """Whether it gives a gradient too, once seen to be right.

    Raises DisagreementError, naming it, unless its value and its
    gradient, if any, are those given. Rounding may part them: for a
    gradient it is measured by the largest entry.
    """
    # Those that are right are within 9 ε of each other.
    tolerance = 50 * float(np.finfo(gradient.dtype).eps)
    contestant.call()  # the next one must not add to it
    its_value, its_gradient = result(contestant)
    if not abs(its_value - value) <= tolerance * abs(value):
        raise DisagreementError(
            f"{contestant.name}: its value is {its_value!r}, "
            f"ours {value!r}"
        )
    if its_gradient is None:
        return False
    its_kind = its_gradient.shape, its_gradient.dtype
    if its_kind != (gradient.shape, gradient.dtype):
        raise DisagreementError(
            f"{contestant.name}: its gradient has shape and dtype "
            f"{its_kind}, ours {gradient.shape}, {gradient.dtype}"
        )
    gap = float(np.max(np.abs(its_gradient - gradient)))
    if not gap <= tolerance * np.max(np.abs(gradient)):
        raise DisagreementError(
            f"{contestant.name}: its gradient differs from ours by up "
            f"to {gap:g}"
        )
    return True
