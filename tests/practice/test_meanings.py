"""Which mistake was made: what speaks for one, and what against it."""

import pytest

from lossbook.practice.meanings import (
    Suspects,
    of_factor,
    of_mistake,
    of_shape,
    suspects,
)

inf, nan = float("inf"), float("nan")


def test_a_mistake_that_gives_all_of_it_is_certain():
    cases = [([1.0], False, [[0, 1.0]]), ([5.0], True, [])]
    assert suspects(cases) == Suspects([0], [])


def test_one_that_gives_only_some_of_it_is_possible():
    cases = [
        ([1.0], False, [[0, 1.0], [1, 1.0]]),
        ([7.0], False, [[0, 7.0], [1, 8.0]]),
    ]
    assert suspects(cases) == Suspects([0], [1])


def test_a_right_answer_speaks_against_a_mistake_that_would_show():
    cases = [([1.0], False, [[0, 1.0]]), ([5.0], True, [[0, 6.0]])]
    assert suspects(cases) == Suspects([], [])


@pytest.mark.parametrize("overflow", ["inf", "-inf", "nan"])
def test_but_not_where_it_would_only_overflow(overflow):
    cases = [([1.0], False, [[0, 1.0]]), ([5.0], True, [[0, overflow]])]
    assert suspects(cases) == Suspects([], [0])


def test_nan_is_recognised_and_tiny_numbers_are_told_apart():
    assert of_mistake([nan, 1.0], [[3, "nan", 1.0]], [3]) == 3
    assert of_mistake([0.0], [[3, 9e-14]], [3]) is None
    assert of_mistake([1.0], [[3, 1.0]], []) is None


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (3, "n = 3 is missing"),
        (1 / 3, "n = 3 twice"),
        (3 / 15, "all 15 entries"),
        (2, "a ½ is missing"),
        (0.5, "a ½ too many"),
        (-1, "Flipped."),
        (-3, "Flipped. 3 times"),
    ],
)
def test_a_common_factor_is_named(factor, words):
    pairs = [(factor * x, x) for x in (0.5, -2.0, 0.0)]
    assert words in of_factor(pairs, (3, 15), "Flipped.")


@pytest.mark.parametrize(
    "pairs",
    [
        [(2.0, 1.0), (3.0, 1.0)],
        [(2.0, 1.0), (1.0, 0.0)],
        [(2.0, 1.0), (nan, (0.0, 1.0))],
        [(0.0, 1.0), (0.0, 2.0)],
        [(7.0, 1.0), (14.0, 2.0)],
        [(1.0, (0.0, 0.5))],
    ],
)
def test_what_has_no_usual_factor_has_none(pairs):
    assert of_factor(pairs, (3, 15), "Flipped.") == ""


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        ((), (3,), "single number"),
        ((2, 3), (3, 2), "transposed"),
        ((3, 3), (3,), "broadcasts to (n, n)"),
        ((3,), (3, 1), "axis was lost or added"),
        ((4,), (3,), "another length"),
        ((3,), (3, 2), "summed away"),
        ((3, 2, 2), (3, 2), "shape that the task names"),
    ],
)
def test_a_wrong_shape_is_explained(got, wanted, words):
    assert words in of_shape(got, wanted)
