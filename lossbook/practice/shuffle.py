"""The order in which a reader finds lines that are to be put in order."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def shuffled(lines: Sequence[T], seed: str) -> list[T]:
    """Not in the given order; the same for the same seed."""
    places = [*range(len(lines))]
    found = random.Random(seed).sample(places, len(places))
    if found == places:
        found = [*places[1:], places[0]]
    return [lines[place] for place in found]
