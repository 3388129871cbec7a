"""A loop over the batch is seen on any machine, however it is hidden."""

import math

import numpy as np
import pytest

from lossbook.practice import clock
from lossbook.practice.calls import Output
from lossbook.practice.candidate import Candidate


def candidate(function):
    challenge = {"packages": ["numpy"]}
    return Candidate(challenge, function, Output(), "")


def more_steps(function):
    """How many more the larger batch takes."""
    taken = []
    for n in (clock.SMALL, clock.TINY, clock.SMALL):
        x = clock.counted(np.linspace(-1, 1, n), np)
        taken.append(clock.steps(candidate(function), [x]))
    _, few, many = taken  # the first time something may be imported
    return many - few


@pytest.mark.parametrize(
    "function",
    [
        lambda x: [math.exp(one) for one in x],
        lambda x: sum(x * x),
        lambda x: math.fsum(np.abs(x)),
        lambda x: list(map(abs, x)),
        lambda x: [*zip(x, -x, strict=True)],
        lambda x: np.fromiter(x, float),
        lambda x: np.vectorize(lambda one: one + 1)(x),
        lambda x: np.apply_along_axis(sum, 1, x.reshape(-1, 1)),
        lambda x: sum(row.sum() for row in x.reshape(-1, 1)),
        lambda x: [x[place] for place in range(len(x))],
    ],
)
def test_a_loop_takes_steps(function):
    assert more_steps(function) >= clock.SMALL - clock.TINY


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.exp(x).sum(),
        lambda x: np.piecewise(x, [x < 0], [np.exp, np.sin]),
        lambda x: np.einsum("i,i", x, x),
        lambda x: np.add.reduce(np.where(x > 0, x, -x)),
        lambda x: sum(x[k::5] for k in range(5)),
        lambda x: np.linalg.norm(np.stack([x, x]), axis=0),
        lambda x: {*np.unique(np.sign(x))},
        lambda x: np.select([x < 0, x > 0], [x, -x]),
    ],
)
def test_the_whole_array_at_once_takes_few(function):
    assert more_steps(function) < 20


@pytest.mark.parametrize(
    ("function", "pairs"),
    [
        (lambda x: x[:, np.newaxis] - x, True),
        (lambda x: (x[:, np.newaxis] > x).sum(1), True),
        (lambda x: np.diag(np.outer(x, x)), True),
        (lambda x: x.reshape(-1, 5)[:, :, None] - np.ones(5), False),
        (lambda x: np.exp(-np.abs(x)) + np.log1p(x * x), False),
        (lambda x: np.sort(x), False),
    ],
)
def test_all_pairs_take_memory(function, pairs):
    little, much = (
        clock.memory(candidate(function), [np.ones(n)])
        for n in (clock.TINY, clock.SMALL)
    )
    found = much >= clock.SMALL**2 and much > clock.PAIRED * little
    assert found is pairs
