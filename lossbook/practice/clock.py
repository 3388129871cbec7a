"""Tells a Python loop over the batch, by the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lossbook.practice import meanings, values
from lossbook.practice.calls import SOLUTION, executed
from lossbook.practice.verdict import Check

if TYPE_CHECKING:
    from lossbook.practice.checking import Checker

# How often the time of the solution a right answer may take. A Python
# loop over the batch takes fifty times as much, and more.
TOO_SLOW = 20
MEASURED = 3
# No second measurement of what took this long, in seconds.
LONG = 0.5
# A batch that is small enough for an array of all its pairs.
SMALL, MEDIUM = 500, 2_000
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
    solution = names[challenge.get("class", challenge["name"])]
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
    n = check["n"] if right else MEDIUM
    large = drawn(check["inputs"], n, checker.numpy)
    solutions = min(
        seconds(lambda: checker.called(solution, large))
        for _ in range(MEASURED)
    )
    readers = least(
        lambda: seconds(lambda: checker.call(large)),
        TOO_SLOW * solutions,
    )
    if readers <= TOO_SLOW * solutions:
        return None
    return Check(
        check["title"],
        False,
        case=f"a batch of {n:,}",
        got=f"{readers / solutions:.0f} times the solution's time",
        expected=f"at most {TOO_SLOW} times",
        means="A Python loop, a comprehension or np.vectorize goes"
        " through the batch one by one: let NumPy work on the whole"
        " array.",
    )


def least(measure: Callable[[], float], enough: float) -> float:
    """The least of some measurements, or the first that is enough."""
    shortest = measure()
    for _ in range(MEASURED - 1):
        if shortest <= enough or shortest > LONG:
            break
        shortest = min(shortest, measure())
    return shortest


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
