"""The ratio of two times, on a clock as coarse as a browser's."""

from collections.abc import Callable
from math import floor

import pytest

from lossbook.practice import clock

TICK = 0.001


class Coarse:
    """A clock that goes on only while a function takes its time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return floor(self.now / TICK) * TICK

    def taking(self, seconds: float) -> Callable[[], None]:
        def function() -> None:
            self.now += seconds

        return function


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> Coarse:
    made = Coarse()
    monkeypatch.setattr(clock, "perf_counter", made)
    return made


@pytest.mark.parametrize(
    ("reader", "solution"),
    [(2e-5, 2e-5), (9e-4, 2e-5), (4e-6, 8e-6), (0.4, 3e-6)],
)
def test_times_shorter_than_a_tick_are_compared(
    coarse: Coarse, reader: float, solution: float
):
    ratio = clock.least_ratio(
        coarse.taking(reader), coarse.taking(solution)
    )
    # One tick more or less at either end of a span.
    assert ratio == pytest.approx(reader / solution, rel=0.5)


def test_what_takes_long_is_not_tried_for_long(coarse: Coarse):
    clock.least_ratio(coarse.taking(0.7), coarse.taking(1e-5))
    assert coarse.now < 2
