"""Taking turns, and comparing what took turns."""

from itertools import count

import pytest

from bench.contestant import Contestant
from bench.timing import Times, interleaved, ratio


class Stage:
    """A clock that only the contestants' calls move."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[str] = []

    def contestant(self, name: str, seconds: float) -> Contestant:
        def call() -> tuple[float, None]:
            self.calls.append(name)
            self.now += seconds
            return 0.0, None

        return Contestant(name, call)


def test_each_has_its_turn_in_every_round():
    stage = Stage()
    entries = [stage.contestant("a", 1.0), stage.contestant("b", 2.0)]
    a, b = interleaved(entries, 0, 7, clock=lambda: stage.now)
    assert a.wall == [1.0] * 7
    assert b.wall == [2.0] * 7
    turns = [stage.calls[i : i + 4] for i in range(0, 28, 4)]
    # One call to settle down, one that is timed.
    orders = {"".join(turn) for turn in turns}
    assert orders == {"aabb", "bbaa"}


def test_rounds_go_on_until_the_time_is_over():
    stage = Stage()
    entries = [stage.contestant("a", 0.01), stage.contestant("b", 0.02)]
    a, b = interleaved(entries, 0.2, 1, clock=lambda: stage.now)
    # Rounds of 2 · 0.01 + 2 · 0.02 seconds end at 0.06, 0.12, 0.18, 0.24.
    assert len(a.wall) == len(b.wall) == 4


def test_the_slow_sit_out_after_the_least_rounds():
    stage = Stage()
    entries = [stage.contestant("a", 0.01), stage.contestant("b", 0.2)]
    a, b = interleaved(entries, 1.0, 2, clock=lambda: stage.now)
    assert len(b.wall) == 2
    # Two rounds of 0.42 seconds, then eight of 0.02.
    assert len(a.wall) == 10


def test_the_ratio_is_that_of_the_minima_with_that_of_the_rounds():
    ours = Times(wall=[2.0, 1.0, 3.0])
    theirs = Times(wall=[4.0, 4.0, 2.0])
    found = ratio(ours, theirs)
    assert found.minima == 0.5  # 1 / 2
    # The rounds' ratios are ¼, ½ and 3/2; a tenth of the way between
    # the first two lies 0.2 of it, since there are two such ways.
    assert found.low == pytest.approx(0.25 + 0.2 * 0.25)
    assert found.high == pytest.approx(0.5 + 0.8 * 1.0)


def test_rounds_are_paired_from_the_first():
    found = ratio(Times(wall=[1.0, 2.0]), Times(wall=[2.0, 4.0, 1.0]))
    assert (found.minima, found.low, found.high) == (1.0, 0.5, 0.5)


def test_minimum_median_and_cores():
    times = Times(wall=[3.0, 1.0, 2.0], cpu=[6.0, 1.0, 2.0])
    assert (times.minimum, times.median) == (1.0, 2.0)
    assert times.cores == 1.5  # 9 seconds of work in 6


def test_rounds_are_counted_per_contestant():
    numbers = count()
    entry = Contestant("a", lambda: (next(numbers), None))
    (times,) = interleaved([entry], 0, 3)
    assert len(times.wall) == len(times.cpu) == 3
    assert next(numbers) == 6
