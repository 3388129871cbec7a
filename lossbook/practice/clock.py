"""Tells a Python loop over the batch: by its steps, then by the clock."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lossbook.practice import meanings, values
from lossbook.practice.calls import SOLUTION, executed
from lossbook.practice.verdict import Check

if TYPE_CHECKING:
    from lossbook.practice.checking import Checker

# How often the time of the solution a right answer may take.
TOO_SLOW = 20
# Another program may take the processor: so often is it tried again,
# as long as all of it took no longer than this, in seconds.
TRIALS, PATIENCE = 12, 1.0
# Batches that are small enough for an array of all their pairs.
TINY, SMALL, MEDIUM = 100, 500, 2_000
CLASSES = 5


def compare(
    checker: Checker, check: Mapping[str, Any], right: bool
) -> Check | None:
    """What to tell of a function that is too slow; None if it is not.

    Args:
        right: Whether its values are. If not, the batch is smaller:
            an array of all pairs would take all the memory there is.

    Raises:
        Raised: It raised an error.
        Misfit: It did not return numbers.
    """
    challenge = checker.challenge
    names = executed(challenge["solution"], SOLUTION)
    solution = names[challenge["name"]]
    small = drawn(check["inputs"], SMALL, checker.numpy)
    wanted = values.returned(
        checker.called(solution, small),
        challenge["returns"],
        checker.numpy,
    )
    got = checker.numbers(small)
    if got.shape != wanted.shape:
        return Check(
            check["title"],
            False,
            case=f"a batch of {SMALL:,}",
            got=values.of_shape(got.shape),
            expected=values.of_shape(wanted.shape),
            means=meanings.of_shape(got.shape, wanted.shape),
        )
    tiny = drawn(check["inputs"], TINY, checker.numpy)
    few = steps(lambda: checker.call(tiny))
    many = steps(lambda: checker.call(small))
    if many - few >= SMALL - TINY:
        return Check(
            check["title"],
            False,
            case=f"a batch of {SMALL:,}",
            got=f"{many:,} steps of Python",
            expected=f"about {few:,}, as for a batch of {TINY:,}",
            means=LOOP,
        )
    n = check["n"] if right else MEDIUM
    large = drawn(check["inputs"], n, checker.numpy)
    ratio = least_ratio(
        lambda: checker.call(large),
        lambda: checker.called(solution, large),
    )
    if ratio <= TOO_SLOW:
        return None
    return Check(
        check["title"],
        False,
        case=f"a batch of {n:,}",
        got=f"{ratio:.0f} times the solution's time",
        expected=f"at most {TOO_SLOW} times",
        means=SLOW,
    )


LOOP = (
    "A Python loop, a comprehension or np.vectorize goes through the"
    " batch one by one: let NumPy work on the whole array."
)
SLOW = (
    "There is no loop in sight, but something goes through the batch"
    " slowly, as Python's own sum or map do, or computes far too much."
)


def steps(function: Callable[[], Any]) -> int:
    """How many lines and calls of Python the function takes.

    The clock alone cannot tell a short loop from a busy processor.
    """
    count = 0

    def trace(_frame: Any, _event: str, _arg: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


def least_ratio(
    readers: Callable[[], Any], solutions: Callable[[], Any]
) -> float:
    """How many times as long as the solution the reader's takes.

    As little as is seen: whatever disturbs makes a time longer.
    """
    solution = min(seconds(solutions) for _ in range(3))
    reader, spent = inf, 0.0
    for _ in range(TRIALS):
        taken = seconds(readers)
        spent += taken
        reader = min(reader, taken)
        solution = min(solution, seconds(solutions))
        if reader <= TOO_SLOW * solution or spent > PATIENCE:
            break
    return reader / solution


def seconds(function: Callable[[], Any]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start


def drawn(inputs: Sequence[Any], n: int, numpy: Any) -> list[Any]:
    """Arguments for a batch of n, always the same."""
    rng = numpy.random.default_rng(0)
    draw: dict[str, Callable[[], Any]] = {
        "normal": lambda: rng.normal(size=n),
        "shares": lambda: rng.uniform(0.01, 0.99, n),
        "bits": lambda: rng.integers(0, 2, n) * 1.0,
        "signs": lambda: rng.integers(0, 2, n) * 2.0 - 1,
        "labels": lambda: rng.integers(0, CLASSES, n),
        "logits": lambda: rng.normal(size=(n, CLASSES)),
        "rows": lambda: rng.dirichlet([1.0] * CLASSES, n),
    }
    return [
        draw[one]() if isinstance(one, str) else one for one in inputs
    ]
