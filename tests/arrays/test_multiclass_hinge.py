"""MultiClassHinge against its definition in mpmath, and PyTorch."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from mpmath import mp, mpf
from torch.nn import functional

from lossbook.gradcheck import gradcheck
from lossbook.losses import HingeLoss, MultiClassHinge

mp.dps = 50
INF, NAN = math.inf, math.nan
LOSS = MultiClassHinge()

SCORES = np.array([[2.0, -1, 1.5], [0.1, 0.2, 0.4], [-3, 4, 1]])
LABELS = np.array([0, 2, 2])


def exact_loss(scores: list[list[mpf]], labels: np.ndarray) -> mpf:
    total = mpf(0)
    for row, y in zip(scores, labels, strict=True):
        for k, score in enumerate(row):
            if k != y and score + 1 > row[y]:
                total += 1 + score - row[y]
    return total / len(scores)


def exactly(scores: np.ndarray) -> list[list[mpf]]:
    return [[mpf(float(z)) for z in row] for row in scores]


def exact_grad(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    grad, step = np.empty(scores.shape), mpf(10) ** -25
    for index in np.ndindex(scores.shape):
        sides = []
        for move in (step, -step):
            moved = exactly(scores)
            moved[index[0]][index[1]] += move
            sides.append(exact_loss(moved, labels))
        grad[index] = float((sides[0] - sides[1]) / (2 * step))
    return grad


@pytest.mark.parametrize("scale", [0.1, 1.0, 3.0, 1e6])
@pytest.mark.parametrize("K", [2, 3, 7])
def test_against_the_definition(scale: float, K: int) -> None:
    random = np.random.default_rng(K)
    scores = scale * random.normal(size=(6, K))
    labels = random.integers(K, size=6)
    assert LOSS.loss(scores, labels) == pytest.approx(
        float(exact_loss(exactly(scores), labels)), rel=2e-15
    )
    np.testing.assert_allclose(
        LOSS.grad(scores, labels),
        exact_grad(scores, labels),
        rtol=1e-15,
    )


def test_by_hand() -> None:
    # Row 0: 1.5 is within 1 of 2. Row 1: both. Row 2: 4 beats 1.
    assert LOSS.loss(SCORES, LABELS) == pytest.approx(
        (0.5 + (0.7 + 0.8) + 4) / 3
    )
    np.testing.assert_allclose(
        3 * LOSS.grad(SCORES, LABELS),
        [[-1, 0, 1], [1, 1, -2], [0, 1, -1]],
    )


@pytest.mark.parametrize(("n", "K"), [(1, 2), (3, 50257), (10**5, 2)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_pytorch_divides_by_the_classes_too(
    n: int, K: int, dtype: str
) -> None:
    random = np.random.default_rng(9)
    scores = random.normal(size=(n, K)).astype(dtype)
    labels = random.integers(K, size=n)
    z = torch.tensor(scores, requires_grad=True)
    value = functional.multi_margin_loss(z, torch.tensor(labels))
    [grad] = torch.autograd.grad(value, z)
    # PyTorch adds up 50,256 slopes of 1/K in the dtype.
    rtol = 1e-12 if dtype == "float64" else 1e-3
    assert LOSS.loss(scores, labels) == pytest.approx(
        K * value.item(), rel=rtol
    )
    ours = LOSS.grad(scores, labels)
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, K * grad, rtol=rtol)


def test_gradcheck() -> None:
    random = np.random.default_rng(8)
    scores = random.normal(size=(6, 5))
    labels = random.integers(5, size=6)
    assert gradcheck(LOSS, scores, labels) < 1e-9
    # Kinks where a rival is exactly 1 behind.
    gradcheck(LOSS, [[2.0, 1.0, 1.0], [0.0, 0.0, 1.0]], [0, 2])


def test_on_the_kink() -> None:
    assert LOSS.loss([[2.0, 1.0]], [0]) == 0
    assert LOSS.grad([[2.0, 1.0]], [0]).tolist() == [[-0.5, 0.5]]


numbers = st.integers(-(2**12), 2**12).map(lambda k: k / 2**8)


@st.composite
def batches(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    n, K = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    scores = npst.arrays("float64", (n, K), elements=numbers)
    labels = npst.arrays("int64", n, elements=st.integers(0, K - 1))
    return draw(scores), draw(scores), draw(labels)


@given(batches(), st.sampled_from([0.25, 0.5, 0.75]))
def test_properties(
    batch: tuple[np.ndarray, ...], share: float
) -> None:
    start, end, labels = batch
    value = LOSS.loss(start, labels)
    assert value >= 0
    assert LOSS.loss(start + 3, labels) == value
    grad = LOSS.grad(start, labels)
    np.testing.assert_allclose(grad.sum(axis=1), 0, atol=1e-15)
    chord = share * value + (1 - share) * LOSS.loss(end, labels)
    between = LOSS.loss(share * start + (1 - share) * end, labels)
    slack = 1e-14 * (1 + chord)
    assert between <= chord + slack
    tangent = value + (grad * (end - start)).sum()
    assert tangent <= LOSS.loss(end, labels) + slack * 100
    np.testing.assert_allclose(
        LOSS.loss(start[::-1], labels[::-1]), value, rtol=1e-14
    )
    # At least the 0-1 loss: a wrong choice costs 1 or more.
    wrong = start.argmax(axis=1) != labels
    assert value >= wrong.mean() - 1e-15


@given(batches())
def test_two_classes_are_a_hinge_of_the_difference(
    batch: tuple[np.ndarray, ...],
) -> None:
    scores, _, labels = batch
    pairs, labels = scores[:, :2], labels % 2
    difference = pairs[:, 1] - pairs[:, 0]
    signs = 2 * labels - 1
    assert LOSS.loss(pairs, labels) == pytest.approx(
        HingeLoss().loss(difference, signs), rel=1e-15
    )
    np.testing.assert_array_equal(
        LOSS.grad(pairs, labels)[:, 1],
        HingeLoss().grad(difference, signs),
    )


@pytest.mark.parametrize(
    ("row", "losses"),
    [
        ([1e4, 0, -1e4], [0, 10002 - 1, 20001 + 10001]),
        ([1e38, -1e38, -1e38], [0, 2e38, 2e38]),
        ([INF, 0, 0], [0, INF, INF]),
        ([-INF, 0, 5], [INF, 6, 0]),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extreme_scores(
    row: list[float], losses: list[float], dtype: str
) -> None:
    scores = np.array([row], dtype)
    for label, expected in enumerate(losses):
        assert LOSS.loss(scores, [label]) == pytest.approx(
            expected, rel=1e-6
        )
        grad = LOSS.grad(scores, [label])
        assert grad.dtype == dtype
        assert np.isfinite(grad).all()
        assert grad.sum() == 0


def test_nan_stays_in_its_row() -> None:
    scores = [[2.0, 0.5], [NAN, 0.0], [0.0, NAN]]
    assert math.isnan(LOSS.loss(scores, [0, 0, 0]))
    grad = LOSS.grad(scores, [0, 0, 0])
    assert np.isnan(grad).any(axis=1).tolist() == [False, True, True]
    # inf - inf has no answer here.
    assert math.isnan(LOSS.loss([[INF, INF]], [0]))


def test_arrays() -> None:
    scores, labels = SCORES.copy(), LABELS.astype("uint64")
    scores.flags.writeable = labels.flags.writeable = False
    assert type(LOSS.loss(scores, labels)) is float
    LOSS.grad(scores, labels)[:] = 7
    np.testing.assert_array_equal(scores, SCORES)
    assert LOSS.loss(SCORES.tolist(), [0, 2, 2]) == LOSS.loss(
        np.asfortranarray(SCORES), labels
    )
    np.testing.assert_array_equal(
        LOSS.grad(np.array([[3, 0, 3]], "uint8"), [1]),
        LOSS.grad([[3.0, 0.0, 3.0]], [1]),
    )


@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize(
    ("scores", "labels", "complaint"),
    [
        (SCORES, [0, 1, 3], r"label 3 \(int64\) at index \(2,\)"),
        (SCORES, [0, -1, 3], r"label -1 \(int64\) at index \(1,\)"),
        (SCORES, [0.0, 1.0, 2.0], r"label 0.0 \(float64\)"),
        (SCORES, [0, 1], r"targets have shape \(2,\).*\(3,\)"),
        (SCORES, np.eye(3), r"targets have shape \(3, 3\)"),
        (np.ones((2, 1)), [0, 0], "K >= 2"),
        (np.ones(2), [0], r"reshape\(1, -1\)"),
        (np.ones((2, 2, 2)), [0, 0], "last axis"),
        (np.ones((0, 2)), [], "empty batch"),
    ],
)
def test_bad_input(
    method: str, scores: object, labels: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        getattr(LOSS, method)(scores, labels)
