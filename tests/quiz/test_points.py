"""The points that typed formulas are judged by."""

import json

import mpmath as mp
import pytest
from typed_questions import QUESTIONS

from lossbook.practice.points import points

MADE = {name: points(fields) for name, fields in QUESTIONS.items()}


def one_over_one_plus(z):
    return 1 / (1 + mp.exp(-z))


# The same answers once more, by other routes and for mpmath.
RIGHT = {
    "huber": lambda r, delta: (abs(r + delta) - abs(r - delta)) / 2,
    "softmax": lambda p_k, y_k: -(y_k - p_k),
    "logit": lambda z, y: (1 + mp.tanh(z / 2)) / 2 - y,
    "probability": lambda p, y: (1 - y) / (1 - p) - y / p,
    "mae": lambda r: r / abs(r),
    "mean": lambda yhat, y, n: yhat / n - y / n,
    "temperature": lambda p_k, y_k, T: p_k / T - y_k / T,
    "log_cosh": lambda r: 2 * one_over_one_plus(2 * r) - 1,
    "hinge": lambda y, z: -y * (y * z < 1),
    "focal": lambda p, gamma: (
        mp.exp(gamma * mp.log(1 - p)) * mp.log(1 / p)
    ),
    "softplus": lambda z, y: (
        -(
            y * mp.log(one_over_one_plus(z))
            + (1 - y) * mp.log(one_over_one_plus(-z))
        )
    ),
    "gauss": lambda r, sigma: r / sigma / sigma,
}
# Where a formula that is right changes its branch.
KINKS = {
    "huber": [lambda r, delta: r - delta, lambda r, delta: r + delta],
    "mae": [lambda r: r],
    "hinge": [lambda y, z: y * z - 1],
}
every = pytest.mark.parametrize("name", QUESTIONS)


@every
def test_the_values_are_right(name):
    made = MADE[name]
    for point, value in zip(made.at, made.right, strict=True):
        with mp.workdps(50):
            expected = float(RIGHT[name](*map(mp.mpf, point)))
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-300)


@every
def test_there_are_enough_points_within_the_ranges(name):
    made = MADE[name]
    assert len(made.at) >= 40
    assert len({*map(tuple, made.at)}) == len(made.at)
    ranges = QUESTIONS[name]["symbols"].values()
    for point in made.at:
        for number, (low, high) in zip(point, ranges, strict=True):
            assert low <= number <= high


@every
def test_they_cover_the_ranges(name):
    ranges = QUESTIONS[name]["symbols"].values()
    for (low, high), numbers in zip(
        ranges, zip(*MADE[name].at, strict=True), strict=True
    ):
        assert min(numbers) < low + 0.2 * (high - low)
        assert max(numbers) > high - 0.2 * (high - low)


@pytest.mark.parametrize("name", KINKS)
def test_they_lie_close_to_both_sides_of_each_kink(name):
    made = MADE[name]
    widths = [
        high - low for low, high in QUESTIONS[name]["symbols"].values()
    ]
    for kink in KINKS[name]:
        from_kink = [kink(*point) for point in made.at]
        close = 0.005 * max(widths)
        assert any(0 < distance < close for distance in from_kink)
        assert any(-close < distance < 0 for distance in from_kink)
        assert 0 not in from_kink


def test_the_kinks_of_a_mistake_count_too():
    # Smooth itself; the mistake bends at r = 2.
    made = points(
        {
            "symbols": {"r": [0, 5]},
            "answer": "r",
            "mistakes": [{"answer": "Min(r, 2)", "why": "capped"}],
        }
    )
    close = [r - 2 for [r] in made.at if abs(r - 2) < 0.006]
    assert min(close) < 0 < max(close)


def test_the_simplest_come_first():
    for made in MADE.values():
        lengths = [
            sum(len(f"{number:g}") for number in point)
            for point in made.at
            if len({*point}) == len(point)
        ]
        assert lengths == sorted(lengths)
        first = made.at[: len(lengths)]
        assert all(len({*point}) == len(point) for point in first)
        assert lengths[0] <= 4 * len(made.symbols)


def test_points_without_a_value_are_left_out():
    made = points({"symbols": {"r": [-1, 3]}, "answer": "log(r)"})
    assert min(r for [r] in made.at) > 0


def test_a_mistake_without_a_value_somewhere_keeps_its_place():
    made = points(
        {
            "symbols": {"r": [-2, 2]},
            "answer": "r",
            "mistakes": [{"answer": "sqrt(r)", "why": "no root"}],
        }
    )
    for [r], value in zip(made.at, made.mistakes[0], strict=True):
        assert (value is None) == (r < 0)
        assert value is None or value == pytest.approx(mp.sqrt(r))


def test_an_answer_almost_without_values_is_an_error():
    with pytest.raises(
        ValueError, match="has a value at only 0 points"
    ):
        points({"symbols": {"r": [-2, -1]}, "answer": "log(r)"})


def test_a_kink_that_cannot_be_found_is_an_error():
    with pytest.raises(ValueError, match="cannot solve the kink"):
        points({"symbols": {"r": [0, 4]}, "answer": "Abs(exp(r) - 3)"})


def said(name):
    return [(one.how, one.what) for one in MADE[name].multiples]


def test_the_usual_mistakes_are_those_of_the_symbols():
    always = [("times", -1), ("times", 2), ("over", 2)]
    assert said("log_cosh") == always
    assert said("mean") == [*always, ("times", "n"), ("over", "n")]
    assert said("temperature") == [
        *always,
        ("times", "T"),
        ("over", "T"),
    ]


def test_a_usual_mistake_that_is_listed_is_not_said_twice():
    made = points(
        {
            "symbols": {"r": [-5, 5]},
            "answer": "r",
            "mistakes": [{"answer": "2*r", "why": "no half"}],
        }
    )
    assert ("times", 2) not in [(m.how, m.what) for m in made.multiples]
    assert made.whys[0] == "no half"
    assert len(made.whys) == len(made.mistakes) + len(made.multiples)


@every
def test_they_are_the_same_every_time_and_light(name):
    text = json.dumps(MADE[name].json())
    assert text == json.dumps(points(QUESTIONS[name]).json())
    assert len(text) < 6000
