"""What numbers and shapes look like, where no mistake is known."""

import pytest

from lossbook.practice.meanings import of_numbers, of_shape

inf, nan = float("inf"), float("nan")


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


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        ([1.0 + 3e-8], [1.0], "off by 3e-08"),
        ([1.0, -2e-7], [1.0, 0.0], "off by 2e-07"),
        ([0.0], [1e-30], "Nothing but 0"),
        ([0.0, -0.0], [1.0, 2.0], "Nothing but 0"),
        ([1.0, -1.0], [0.5, -1.0], "Only whole numbers"),
        ([0.5, -2.0], [0.5, 2.0], "some signs"),
        ([0.5, 2.5], [2.5, 0.5], "another order"),
        ([0.7, 1.4, 0.0], [1.0, 2.0, 0.0], "All are 0.7 times"),
        ([1.5, 2.5, 0.5], [1.0, 2.0, 0.0], "off by the same 0.5"),
        ([34.5], [800.0], "stays small"),
        ([34.5, 1.0], [inf, 800.0], "stays small"),
        ([0.7, 0.25], [0.5, 0.25], "1 of the 2 numbers"),
        ([0.7, 0.25], [(0.0, 0.5), 0.25], "1 of the 2 numbers"),
        ([0.7, 0.3], [0.5, 0.25], ""),
        ([0.7], [0.5], ""),
    ],
)
def test_numbers_are_explained_by_what_they_have_in_common(
    got, wanted, words
):
    pairs = list(zip(got, wanted, strict=True))
    wrong = [
        place
        for place, (one, other) in enumerate(pairs)
        if one != other
    ]
    found = of_numbers(pairs, wrong)
    assert words in found
    assert bool(found) == bool(words)
