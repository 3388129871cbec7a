"""Times contestants in turn, so that all meet the same weather."""

import gc
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from bench.contestant import Contestant

# Who takes longer than this for a call has its turn in the least
# rounds only, so that there is time for many rounds of the others.
SLOW = 0.1


@dataclass
class Times:
    """The seconds that one contestant took, round by round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def minimum(self) -> float:
        return min(self.wall)

    @property
    def median(self) -> float:
        return median(self.wall)

    @property
    def cores(self) -> float:
        """How many cores it kept busy: 1 unless it has threads."""
        return sum(self.cpu) / sum(self.wall)


@dataclass(frozen=True)
class Ratio:
    """How much longer one takes than another.

    Attributes:
        minima: their shortest times divided.
        low, high: between them lie eight in ten of the rounds' own
            ratios. Wide apart, they say that the machine was busy.
    """

    minima: float
    low: float
    high: float


def interleaved(
    contestants: Sequence[Contestant],
    seconds: float,
    least_rounds: int = 3,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Times]:
    """Rounds in which each has its turn, in an order that changes.

    There are at least so many rounds, and more until the seconds are
    over. A turn is one call to settle down and one that is timed: the
    first wakes the library's threads and lets those of the one before
    fall asleep.
    """
    times = [Times() for _ in contestants]
    order = list(zip(contestants, times, strict=True))
    shuffle = random.Random(0).shuffle
    gc.collect()
    gc.disable()
    end = clock() + seconds
    rounds = 0
    while rounds < least_rounds or clock() < end:
        shuffle(order)
        for contestant, its_times in order:
            if rounds >= least_rounds and its_times.minimum > SLOW:
                continue
            contestant.call()
            cpu, wall = time.process_time(), clock()
            contestant.call()
            its_times.wall.append(clock() - wall)
            its_times.cpu.append(time.process_time() - cpu)
        rounds += 1
    gc.enable()
    return times


def ratio(ours: Times, theirs: Times) -> Ratio:
    """Of two that took turns in the same rounds, at least two.

    If one had fewer turns, these were the first rounds.
    """
    pairs = zip(ours.wall, theirs.wall, strict=False)
    tenths = quantiles(
        (a / b for a, b in pairs), n=10, method="inclusive"
    )
    return Ratio(ours.minimum / theirs.minimum, tenths[0], tenths[-1])
