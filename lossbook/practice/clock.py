"""Tells a Python loop over the batch.

By the steps it takes and the memory it wants, which are the same on
any machine; then by the clock.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from math import inf
from time import perf_counter
from typing import Any

from lossbook.practice import meanings
from lossbook.practice.calls import SOLUTION, Raised, executed
from lossbook.practice.candidate import Candidate, Packed
from lossbook.practice.shown import of_shape
from lossbook.practice.verdict import Check

# How often the time of the solution a right answer may take.
TOO_SLOW = 40
# Another program may take the processor: so often is it tried again,
# as long as all of it took no longer than this, in seconds.
TRIALS, PATIENCE = 20, 1.0
# Of these two the steps and the memory are compared.
TINY, SMALL = 20, 500
# The memory may grow as the batch does, 25 times, not as its pairs do.
PAIRED = 30
# Long enough for the clock, too short for NumPy to start threads: on
# a busy machine they wait for each other.
LARGE = 10_000
CLASSES = 5


def compare(candidate: Candidate, check: Packed) -> Check | None:
    """What to tell of a function that is too slow; None if it is not.

    Raises:
        Raised: It raised an error.
        Misfit: It did not return numbers.
    """

    def tell(n: int, got: str, expected: str, means: str) -> Check:
        return Check(
            check["title"],
            False,
            case=f"a batch of {n:,}",
            got=got,
            expected=expected,
            means=means,
        )

    inputs, numpy = check["inputs"], candidate.numpy
    solution = solved(candidate)
    tiny, small = (drawn(inputs, n, numpy) for n in (TINY, SMALL))
    wanted, got = solution.numbers(small), candidate.numbers(small)
    if got.shape != wanted.shape:
        return tell(
            SMALL,
            of_shape(got.shape),
            of_shape(wanted.shape),
            meanings.of_shape(got.shape, wanted.shape),
        )
    try:
        few, many = (
            steps(candidate, [counted(arg, numpy) for arg in args])
            for args in (tiny, small)
        )
    except Raised:  # it may want arrays of no other class
        few, many = (steps(candidate, args) for args in (tiny, small))
    if many - few >= SMALL - TINY:
        return tell(
            SMALL,
            f"{many:,} steps of Python",
            f"about {few:,}, as for a batch of {TINY:,}",
            LOOP,
        )
    little, much = (memory(candidate, args) for args in (tiny, small))
    if much >= SMALL**2 and much > PAIRED * little:
        return tell(
            SMALL,
            f"{much:,} bytes of memory",
            f"about {SMALL // TINY} times the {little:,} bytes for"
            f" a batch of {TINY:,}",
            PAIRS,
        )
    large = drawn(inputs, LARGE, numpy)
    ratio = least_ratio(
        lambda: candidate.call(large),
        lambda: solution.call(large),
    )
    if ratio > TOO_SLOW:
        return tell(
            LARGE,
            f"{ratio:.0f} times the solution's time",
            f"at most {TOO_SLOW} times",
            SLOW,
        )
    return None


LOOP = (
    "A Python loop, a comprehension, np.vectorize or Python's own sum"
    " or map goes through the batch one by one: let NumPy work on the"
    " whole array."
)
PAIRS = (
    "An array of all n² pairs was made on the way: (n,) against (n, 1)"
    " broadcasts to (n, n), and so does `[:, labels]`."
)
SLOW = (
    "There is no loop in sight, but something goes through the batch"
    " one by one, or computes far too much."
)


def solved(candidate: Candidate) -> Candidate:
    """The solution, to be called in the place of the candidate."""
    challenge = candidate.challenge
    names = executed(challenge["solution"], SOLUTION)
    solution = names[challenge.get("class", challenge["name"])]
    return Candidate(challenge, solution, candidate.output, SOLUTION)


def counted(arg: Any, numpy: Any) -> Any:
    """An array; to go through it takes steps of Python.

    So `steps` sees a loop that is hidden in sum, map or list too.
    """

    class Counted(numpy.ndarray):  # type: ignore[misc]
        def __iter__(self) -> Iterator[Any]:
            for place in range(len(self)):
                yield self[place]

    is_array = isinstance(arg, numpy.ndarray)
    return arg.view(Counted) if is_array else arg


def steps(candidate: Candidate, args: Sequence[Any]) -> int:
    """How many lines and calls of Python it takes.

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
        candidate.call(args)
    finally:
        sys.settrace(before)
    return count


def memory(candidate: Candidate, args: Sequence[Any]) -> int:
    """How many bytes it needs at most, NumPy's arrays among them."""

    def peak() -> int:
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            candidate.plain_call(args)
            return tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()

    needed: int = candidate.run(peak)
    return needed


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
        spent += max(taken, SPAN)
        reader = min(reader, taken)
        solution = min(solution, seconds(solutions))
        if reader <= TOO_SLOW * solution or spent > PATIENCE:
            break
    return reader / solution


# What is measured takes at least as long, in seconds.
SPAN = 0.005


def seconds(function: Callable[[], Any]) -> float:
    """The time of a call, or the mean of many that are short.

    The clock of a browser has ticks of up to a millisecond.
    """
    calls, start = 0, perf_counter()
    while (taken := perf_counter() - start) < SPAN:
        function()
        calls += 1
    return taken / calls


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
