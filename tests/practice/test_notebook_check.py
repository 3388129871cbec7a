"""`check` in a notebook says what the page says, as Markdown."""

import math

import numpy as np
import pytest

from lossbook.losses import HuberLoss
from lossbook.practice import challenges
from lossbook.practice.notebook import check


def shown(name, candidate):
    return check(name, candidate)._repr_markdown_()


def test_a_right_class_and_a_right_function_pass():
    def huber_grad(predictions, targets, delta=1.0):
        r = predictions - targets
        return np.clip(r, -delta, delta) / len(r)

    for candidate in (HuberLoss, huber_grad):
        text = shown("huber-grad", candidate)
        assert text.startswith("**All 10 checks passed.**")
        assert "✗" not in text


def test_a_failure_has_case_values_index_and_meaning():
    def huber_grad(predictions, targets, delta=1.0):
        r = targets - predictions
        return np.clip(r, -delta, delta) / len(r)

    text = shown("huber-grad", huber_grad)
    assert text.startswith("**3 of 10 checks passed.**")
    assert (
        "- ✗ values inside and beyond δ:  \n"
        "  for `predictions = [0.5, -2, 3, 0.25], "
        "targets = [0, 1, 0.5, 0.5]`  \n"
        "  yours `-0.125` at [0], expected `0.125`  \n"
        "  The sign is flipped: the residual is prediction minus target."
    ) in text


def test_an_error_names_the_readers_own_line():
    def huber(r, delta=1.0):
        if r == 0:
            return math.nothing
        c = max(-delta, min(delta, r))
        return c * (r - c / 2), c

    line = huber.__code__.co_firstlineno + 2
    text = shown("huber-scalar", huber)
    assert f"has no attribute 'nothing'` (line {line})" in text


@pytest.mark.parametrize("slug", challenges.slugs())
def test_an_unfilled_stub_is_told_kindly(slug):
    for challenge in challenges.load(slug):
        names = {}
        exec(challenge.stub, names)
        text = shown(challenge.id, names[challenge.name])
        assert text == (
            f"`{challenge.name}` returns nothing yet. Write it, and "
            "`return` what it computes."
        )


def test_an_unknown_challenge_is_an_error():
    with pytest.raises(LookupError, match="no challenge 'hubr'"):
        check("hubr", HuberLoss)


def test_an_object_in_place_of_its_class_is_told():
    assert shown("huber-grad", HuberLoss()) == (
        "That is an object of HuberLoss: the class itself is wanted,"
        " without its ()."
    )
