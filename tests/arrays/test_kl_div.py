"""KLDivLoss against its definition in mpmath, and against PyTorch."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from mpmath import mp, mpf
from torch.nn import functional

from lossbook.divergences import entropy, kl_divergence
from lossbook.gradcheck import gradcheck
from lossbook.losses import CrossEntropy, KLDivLoss
from lossbook.numerics import one_hot, softmax

INF, NAN = math.inf, math.nan

LOGITS = np.array([[2.0, -1, 0.5], [0.1, 0.2, 0.3], [-3, 4, 1]])
SHARES = np.array([[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.25, 0.75]])


def exact_loss(logits: list[list[mpf]], targets: np.ndarray) -> mpf:
    total = mpf(0)
    for row, shares in zip(logits, targets, strict=True):
        exps = [mp.exp(z) for z in row]
        for e, share in zip(exps, shares, strict=True):
            t = mpf(float(share))
            if t > 0:
                total += t * mp.log(t / (e / mp.fsum(exps)))
    return total / len(logits)


def exactly(logits: np.ndarray) -> list[list[mpf]]:
    return [[mpf(float(z)) for z in row] for row in logits]


def exact_value(logits: np.ndarray, targets: np.ndarray) -> float:
    with mp.workdps(500):
        return float(exact_loss(exactly(logits), targets))


def exact_grad(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Central quotients of the definition, in 500 digits."""
    grad = np.empty(logits.shape)
    with mp.workdps(500):
        step = mpf(10) ** -150
        for index in np.ndindex(logits.shape):
            sides = []
            for move in (step, -step):
                moved = exactly(logits)
                moved[index[0]][index[1]] += move
                sides.append(exact_loss(moved, targets))
            grad[index] = float((sides[0] - sides[1]) / (2 * step))
    return grad


@pytest.mark.parametrize("scale", [1e-3, 1.0, 40.0, 150.0])
def test_against_the_definition(scale: float) -> None:
    logits = scale * LOGITS
    assert KLDivLoss().loss(logits, SHARES) == pytest.approx(
        exact_value(logits, SHARES), rel=2e-15
    )
    np.testing.assert_allclose(
        KLDivLoss().grad(logits, SHARES),
        exact_grad(logits, SHARES),
        rtol=1e-14,
        atol=1e-16,
    )


@pytest.mark.parametrize("label", [0, 1])
def test_a_sure_row_keeps_its_digits(label: int) -> None:
    logits, hot = np.array([[40.0, 0.0]]), one_hot([label], 2)
    assert KLDivLoss().loss(logits, hot) == pytest.approx(
        exact_value(logits, hot), rel=1e-15, abs=0
    )
    np.testing.assert_allclose(
        KLDivLoss().grad(logits, hot),
        exact_grad(logits, hot),
        rtol=1e-15,
    )


def test_pytorch() -> None:
    """It takes log p, and its "mean" divides by n·K."""
    z = torch.tensor(LOGITS, requires_grad=True)
    logs, t = z.log_softmax(-1), torch.tensor(SHARES)
    value = functional.kl_div(logs, t, reduction="batchmean")
    [grad] = torch.autograd.grad(value, z, retain_graph=True)
    ours = KLDivLoss().loss(LOGITS, SHARES)
    assert ours == pytest.approx(value.item(), rel=1e-14)
    np.testing.assert_allclose(
        KLDivLoss().grad(LOGITS, SHARES), grad, rtol=1e-13, atol=1e-16
    )
    with pytest.warns(UserWarning, match="batchmean"):
        mean = functional.kl_div(logs, t, reduction="mean")
    assert ours == pytest.approx(3 * mean.item(), rel=1e-14)


@pytest.mark.parametrize(("n", "K"), [(1, 2), (3, 50257), (10**5, 2)])
def test_sizes(n: int, K: int) -> None:
    random = np.random.default_rng(9)
    logits = random.normal(scale=5, size=(n, K))
    targets = softmax(random.normal(scale=5, size=(n, K)))
    z = torch.tensor(logits, requires_grad=True)
    value = functional.kl_div(
        z.log_softmax(-1), torch.tensor(targets), reduction="batchmean"
    )
    [grad] = torch.autograd.grad(value, z)
    ours = KLDivLoss().loss(logits, targets)
    assert ours == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(
        KLDivLoss().grad(logits, targets),
        grad,
        rtol=1e-10,
        atol=1e-15 / n,
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gradcheck(dtype: str) -> None:
    random = np.random.default_rng(8)
    logits = random.normal(scale=3, size=(5, 4))
    # Rows of float32 sum to 1 to 7 digits only.
    targets = softmax(random.normal(size=(5, 4))).astype(dtype)
    assert gradcheck(KLDivLoss(), logits, targets) < 1e-8
    assert gradcheck(KLDivLoss(), LOGITS, SHARES) < 1e-8


# properties


@st.composite
def batches(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    sizes = st.floats(-50, 50)
    logits = draw(npst.arrays("float64", shape, elements=sizes))
    weights = npst.arrays("float64", shape, elements=st.floats(0, 1))
    weights = draw(weights.filter(lambda w: w.sum(1).min() > 0.01))
    return logits, weights / weights.sum(axis=1, keepdims=True)


@given(batches())
def test_cross_entropy_minus_entropy(
    batch: tuple[np.ndarray, np.ndarray],
) -> None:
    logits, targets = batch
    value = KLDivLoss().loss(logits, targets)
    cross = CrossEntropy().loss(logits, targets)
    assert value >= -1e-14
    assert value == pytest.approx(
        cross - entropy(targets).mean(), rel=1e-13, abs=1e-13
    )
    assert value == pytest.approx(
        kl_divergence(targets, softmax(logits)).mean(),
        rel=1e-12,
        abs=1e-13,
    )
    np.testing.assert_array_equal(
        KLDivLoss().grad(logits, targets),
        CrossEntropy().grad(logits, targets),
    )


@given(batches())
def test_zero_and_flat_where_both_agree(
    batch: tuple[np.ndarray, np.ndarray],
) -> None:
    """Where the source article's class is -0.18, and not flat."""
    logits, _ = batch
    targets = softmax(logits)
    assert KLDivLoss().loss(logits, targets) == pytest.approx(
        0, abs=1e-14
    )
    np.testing.assert_allclose(
        KLDivLoss().grad(logits, targets), 0, atol=1e-15
    )


# extremes


@pytest.mark.parametrize(
    ("row", "shares", "expected"),
    [
        ([1e4, 0], [1, 0], 0),
        ([1e4, 0], [0, 1], 1e4),
        ([1e38, -1e38], [0, 1], 2e38),
        ([1e38, 1e38], [0.5, 0.5], 0),
        ([0, -INF], [1, 0], 0),
        ([0, -INF], [0.5, 0.5], INF),
        ([-INF, -INF], [1, 0], math.log(2)),
        ([INF, 0], [1, 0], 0),
        ([INF, 0], [0, 1], INF),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extreme_logits(
    row: list[float], shares: list[float], expected: float, dtype: str
) -> None:
    logits, targets = np.array([row], dtype), np.array([shares], dtype)
    value = KLDivLoss().loss(logits, targets)
    assert value == pytest.approx(expected, rel=1e-7)
    assert math.copysign(1, value) == 1
    grad = KLDivLoss().grad(logits, targets)
    assert grad.dtype == dtype
    np.testing.assert_allclose(
        grad, softmax(logits) - targets, atol=1e-300
    )


def test_nan_stays_in_its_row() -> None:
    logits, targets = [[1.0, 2.0], [NAN, 0.0]], [[1, 0], [0.5, 0.5]]
    assert math.isnan(KLDivLoss().loss(logits, targets))
    grad = KLDivLoss().grad(logits, targets)
    assert np.isnan(grad).tolist() == [[False, False], [True, True]]


# arrays


def test_inputs_are_left_alone() -> None:
    logits, targets = LOGITS.copy(), SHARES.copy()
    logits.flags.writeable = targets.flags.writeable = False
    assert type(KLDivLoss().loss(logits, targets)) is float
    KLDivLoss().grad(logits, targets)[:] = 7
    np.testing.assert_array_equal(logits, LOGITS)
    np.testing.assert_array_equal(targets, SHARES)


def test_a_sum_beyond_the_largest_float_is_silent() -> None:
    logits = np.tile([0, 5e304], (9000, 1))
    assert KLDivLoss().loss(logits, np.full((9000, 2), 0.5)) == INF


@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize(
    ("logits", "targets", "complaint"),
    [
        (LOGITS, 2 * SHARES, r"the sum of targets\[0\] is 2\.0, not 1"),
        (LOGITS, SHARES * [1, 1, 0], r"targets\[0\] is 0\.5, not 1"),
        (LOGITS, SHARES * [1, -1, 1], r"targets\[0, 1\] is -0\.3"),
        (LOGITS, SHARES * NAN, r"targets\[0, 0\] is nan"),
        (
            LOGITS,
            np.full((3, 3), 1e308),
            r"the sum of targets\[0\] is inf, not 1",
        ),
        (LOGITS, [0, 1, 2], r"targets \(3,\).*for CrossEntropy"),
        (LOGITS, SHARES[:1], r"\(3, 3\), targets \(1, 3\).*equal"),
        (np.ones((2, 1)), np.ones((2, 1)), "K >= 2"),
        (np.ones(2), [0.5, 0.5], r"reshape\(1, -1\)"),
        (np.ones((2, 2, 2)), np.full((2, 2, 2), 0.5), "last axis"),
        (np.ones((0, 2)), np.ones((0, 2)), "empty batch"),
    ],
)
def test_bad_input(
    method: str, logits: object, targets: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        getattr(KLDivLoss(), method)(logits, targets)
