"""Which mistake was made: what speaks for one, and what against it."""

from dataclasses import dataclass, field

import pytest

from lossbook.practice.suspects import (
    Mistake,
    is_it,
    listed,
    multiples,
    suspects,
)

inf, nan = float("inf"), float("nan")


@dataclass
class Case:
    numbers: list
    right: bool = False
    mistakes: dict = field(default_factory=dict)


def case(numbers, right=False, **mistakes):
    return Case(
        numbers,
        right,
        {name: Mistake(one, name) for name, one in mistakes.items()},
    )


def test_a_mistake_that_gives_all_of_it_is_suspected():
    assert suspects([case([1.0], a=[1.0]), case([5.0], True)]) == ["a"]


def test_what_explains_more_comes_first():
    found = suspects(
        [
            case([1.0], a=[1.0], b=[1.0]),
            case([2.0], a=[9.0], b=[2.0]),
            case([3.0], a=[3.0], b=[3.0], c=[3.0]),
        ]
    )
    assert found == ["b", "c", "a"]


@pytest.mark.parametrize(
    "others",
    [
        [case([7.0], a=[8.0])],
        [case([7.0], a=[8.0]), case([6.0], a=[5.0])],
    ],
)
def test_what_is_the_same_by_chance_is_not_told(others):
    assert suspects([case([1.0], a=[1.0]), *others]) == []
    # Not even if it is so mostly, but not at first.
    later = [case([1.0], a=[1.0]), case([2.0], a=[2.0])]
    assert suspects([*others, *later, *later]) == []


@pytest.mark.parametrize("same", [inf, nan, -inf])
def test_one_overflow_is_like_another(same):
    cases = [case([same], a=[same]), case([2.0], a=[3.0])]
    assert suspects([cases[0], *cases]) == []


def test_a_right_answer_speaks_against_a_mistake_that_would_show():
    cases = [case([1.0], a=[1.0]), case([5.0], a=[6.0])]
    assert suspects([cases[0], *cases]) == ["a"]
    cases[1].right = True
    assert suspects([cases[0], *cases]) == []


@pytest.mark.parametrize("overflow", [inf, -inf, nan])
def test_but_not_where_it_would_only_overflow(overflow):
    first = [case([1.0], a=[1.0]), case([3.0], a=[3.0])]
    cases = [*first, case([5.0], True, a=[overflow])]
    assert suspects(cases) == ["a"]


@pytest.mark.parametrize("hidden", [[], [1.0, 2.0], [nan], [inf]])
def test_an_error_or_an_overflow_hides_a_mistake(hidden):
    cases = [case([1.0], a=[1.0]), case(hidden, a=[6.0])]
    assert suspects(cases) == ["a"]


@pytest.mark.parametrize(
    ("got", "given", "same"),
    [
        ([nan, 1.0], [nan, 1.0], True),
        ([nan, 1.0], [1.0, nan], False),
        ([0.0], [9e-14], False),
        ([1.00001], [1.0], True),
        ([1.001], [1.0], False),
        ([5.0, 2.0], [None, 2.0], True),
        ([nan, 2.0], [None, 2.0], False),
        ([1.0], [1.0, 1.0], False),
    ],
)
def test_numbers_are_those_of_a_mistake(got, given, same):
    assert is_it(Mistake(given, ""), Case(got)) is same


def test_listed_mistakes_are_those_that_show():
    found = listed([[1, "nan", 2.0]], ["first", "second"])
    assert [*found] == [1]
    assert found[1].means == "second"
    assert is_it(found[1], Case([nan, 2.0]))


WANTED = [0.5, -2.0, 0.0]


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (3, "n = 3 is missing"),
        (1 / 3, "n = 3 twice"),
        (9, "not divided"),
        (3 / 15, "all 15 entries"),
        (3 / 5, "5, the length of the last axis"),
        (2, "a ½ is missing"),
        (0.5, "a ½ too many"),
        (1.4426950, "np.log2"),
        (0.4342945, "np.log10"),
        (-1, "Flipped."),
        (-3, "Flipped. 3 times"),
    ],
)
def test_a_common_factor_is_named(factor, words):
    mistakes = multiples(WANTED, (3, 15), "Flipped.", 0.0)
    wrong = Case([factor * one for one in WANTED], False, mistakes)
    [which] = suspects([wrong])
    assert words in mistakes[which].means


@pytest.mark.parametrize(
    "got", [[3.5, -14.0, 0.0], [1.0, -4.0, 1.0], [1.0, 4.0, 0.0]]
)
def test_what_has_no_usual_factor_has_none(got):
    mistakes = multiples(WANTED, (3, 15), "Flipped.", 0.0)
    assert suspects([Case(got, False, mistakes)]) == []


def test_without_a_mean_no_batch_size_is_suspected():
    said = [
        one.means for one in multiples(WANTED, (1, 1), "", 0.0).values()
    ]
    assert not any("batch" in means for means in said)


def test_a_factor_has_to_show():
    assert multiples([0.0], (3, 15), "Flipped.", 0.0) == {}
    assert multiples([1e-15], (3, 15), "Flipped.", 1e-12) == {}
    assert multiples([(0.0, 1.0)], (3, 15), "Flipped.", 0.0) == {}


def test_at_a_kink_any_number_will_do_but_nan():
    mistakes = multiples([(0.0, 1.0), 2.0], (1, 1), "Flipped.", 0.0)
    assert is_it(mistakes["1", -1], Case([0.5, -2.0]))
    assert not is_it(mistakes["1", -1], Case([nan, -2.0]))
