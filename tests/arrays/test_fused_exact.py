"""The fused functions in float32 and float64 against mpmath at 50 digits."""

import math
from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp, mpf

from lossbook import fused
from lossbook.fused import batch
from lossbook.losses import CrossEntropy, KLDivLoss
from lossbook.numerics import softmax

DIGITS = 50
N, K = 60, 40

pytestmark = pytest.mark.usefixtures("own_precision")
each_dtype = pytest.mark.parametrize("dtype", ["float32", "float64"])


@pytest.fixture
def own_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "SMALL", 0)


# the definitions


def exactly(row: np.ndarray) -> list[mpf]:
    return [mpf(float(value)) for value in row]


def surprises(row: np.ndarray) -> list[mpf]:
    """-log p of each class, p the softmax of the row."""
    logits = exactly(row)
    total = mp.log(mp.fsum(mp.exp(z) for z in logits))
    return [total - z for z in logits]


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    with mp.workdps(DIGITS):
        total = mpf(0)
        for row, target in zip(logits, targets, strict=True):
            costs = surprises(row)
            if np.ndim(target) == 0:
                total += costs[target]
                continue
            for share, cost in zip(exactly(target), costs, strict=True):
                total += share * cost
        return float(total / len(logits))


def divergence(logits: np.ndarray, targets: np.ndarray) -> float:
    with mp.workdps(DIGITS):
        total = mpf(0)
        for row, target in zip(logits, targets, strict=True):
            for t, cost in zip(
                exactly(target), surprises(row), strict=True
            ):
                if t > 0:
                    total += t * (mp.log(t) + cost)
        return float(total / len(logits))


def bce_slope(z: float, t: float) -> float:
    # 1 - 1 / (1 + e^-740) begins after 321 digits.
    with mp.workdps(400):
        p = 1 / (1 + mp.exp(-mpf(float(z))))
        return float(p - mpf(float(t)))


def close(dtype: str) -> float:
    return 1e-7 if dtype == "float32" else 1e-14


# cross-entropy and KL


@each_dtype
@pytest.mark.parametrize("scale", [0.1, 3.0, 30.0, 1e4])
@pytest.mark.parametrize("offset", [0.0, -40.0, 500.0])
def test_cross_entropy(dtype: str, scale: float, offset: float) -> None:
    random = np.random.default_rng(1)
    logits = random.normal(offset, scale, (N, K)).astype(dtype)
    labels = random.integers(K, size=N)
    value, _ = fused.softmax_cross_entropy(logits, labels)
    assert value == pytest.approx(
        cross_entropy(logits, labels), rel=close(dtype), abs=0
    )


@each_dtype
@pytest.mark.parametrize("gap", [1, 5, 17, 37, 45, 80])
@pytest.mark.parametrize("offset", [0.0, 500.0])
def test_confident_labels(
    dtype: str, gap: float, offset: float
) -> None:
    """Their losses are down to e^-80, and keep their digits."""
    random = np.random.default_rng(2)
    logits = random.normal(offset, 1, (N, K)).astype(dtype)
    labels = logits.argmax(axis=1)
    logits[np.arange(N), labels] += np.float32(gap)
    value, _ = fused.softmax_cross_entropy(logits, labels)
    assert value == pytest.approx(
        cross_entropy(logits, labels), rel=close(dtype), abs=0
    )
    hot = np.eye(K, dtype=dtype)[labels]
    # Rows keep 7 digits of so small a loss, in float64 no more.
    for function in (fused.softmax_cross_entropy, fused.kl):
        value, _ = function(logits, hot)
        assert value == pytest.approx(
            cross_entropy(logits, labels), rel=1e-7, abs=0
        )


@each_dtype
@pytest.mark.parametrize("scale", [0.1, 3.0, 30.0, 1e4])
@pytest.mark.parametrize("sums", [1.0, 0.3, 1e-30])
def test_rows(dtype: str, scale: float, sums: float) -> None:
    random = np.random.default_rng(3)
    logits = random.normal(0, scale, (N, K)).astype(dtype)
    targets = sums * softmax(random.normal(0, 2, (N, K)))
    targets = targets.astype(dtype)
    value, _ = fused.softmax_cross_entropy(logits, targets)
    assert value == pytest.approx(
        cross_entropy(logits, targets), rel=close(dtype), abs=0
    )


@each_dtype
@pytest.mark.parametrize("scale", [0.1, 1.0, 30.0, 1e4])
def test_kl(dtype: str, scale: float) -> None:
    random = np.random.default_rng(4)
    logits = random.normal(0, scale, (N, K)).astype(dtype)
    targets = softmax(random.normal(0, 2, (N, K))).astype(dtype)
    targets[:, 0] = 0
    targets /= targets.sum(axis=1, keepdims=True)
    value, _ = fused.kl(logits, targets)
    assert value == pytest.approx(
        divergence(logits, targets), rel=2 * close(dtype), abs=0
    )


@pytest.mark.parametrize("offset", [0.0, 40.0])
def test_kl_of_a_student_near_its_teacher(offset: float) -> None:
    """A mean of log t - log p, both rounded, would be 2.4e-7 off."""
    random = np.random.default_rng(0)
    scores = random.normal(0, 3, (20_000, 20))
    logits = (scores + offset).astype(np.float32)
    near = scores + random.normal(0, 0.3, scores.shape)
    targets = softmax(near).astype(np.float32)
    value, _ = fused.kl(logits, targets)
    # In float64, which the tests of that class hold to mpmath
    exact = KLDivLoss().loss(logits.astype(np.float64), targets)
    assert value == pytest.approx(exact, rel=1e-7, abs=0)


@each_dtype
def test_kl_where_both_agree(dtype: str) -> None:
    """Nearly 0, and what is left of it comes from the targets' rounding."""
    random = np.random.default_rng(5)
    logits = random.normal(0, 2, (N, K)).astype(dtype)
    targets = softmax(logits)
    value, grad = fused.kl(logits, targets)
    eps = float(np.finfo(dtype).eps)
    # The targets sum to 1 only to an eps, and so does the divergence.
    assert value == pytest.approx(
        divergence(logits, targets), abs=eps**2 + 5e-15
    )
    assert np.abs(grad).max() <= 2 * eps * targets.max() / N


# Equal logits have p = 1/K, so that the slopes are rational numbers.
# The rounding errors of equal exps are equal too, and add up.


@each_dtype
@pytest.mark.parametrize(
    "K", [2, 3, 7, 15, 31, 63, 100, 127, 299, 1000]
)
def test_slopes_of_equal_logits_have_4_eps(dtype: str, K: int) -> None:
    shares = [np.ones(K), np.arange(K) % 3 > 0, np.arange(K) == 0]
    for n in (1, 7, 50, 333):
        for z in (0.3, 1.0, 2.0, 5.1, -3.3):
            logits = np.full((n, K), z, dtype)
            for share in shares:
                targets = np.tile(share / share.sum(), (n, 1))
                targets = targets.astype(dtype)
                slopes = [
                    fused.softmax_cross_entropy(logits, targets)[1],
                    fused.kl(logits, targets)[1],
                ]
                if dtype == "float64":  # in which the classes compute
                    slopes += [
                        CrossEntropy().grad(logits, targets),
                        KLDivLoss().grad(logits, targets),
                    ]
                for found in slopes:
                    assert eps_off(found[-1], targets[-1], n) <= 4


def eps_off(slopes: np.ndarray, targets: np.ndarray, n: int) -> float:
    """The error where every p is 1/K, in eps of the largest term."""
    t = [Fraction(float(share)) for share in targets]
    p = sum(t) / len(t)
    off = max(
        abs(Fraction(float(slope)) * n - (p - share))
        for slope, share in zip(slopes, t, strict=True)
    )
    return float(off / max(p, *t)) / float(np.finfo(slopes.dtype).eps)


# the binary gradient


SIZES = np.concatenate(
    [np.linspace(0, 40, 161), [60, 80, 86, 87, 90, 700, 740, 1e4]]
)


@each_dtype
@pytest.mark.parametrize("t", [0, 1])
def test_bce_slopes_at_hard_labels_have_4_eps(
    dtype: str, t: int
) -> None:
    """The difference σ(z) - t had 1e6 eps of error near t = 1."""
    info = np.finfo(dtype)
    logits = np.concatenate([SIZES, -SIZES]).astype(dtype)
    # One by one, so that no division by n adds an error of its own; a
    # partner keeps the block's loss in the range of the fast kernel.
    for z in logits:
        pair = np.array([z, -1], dtype)
        labels = np.array([t, 1], dtype)
        _, grad = fused.bce(pair, labels)
        assert 2 * float(grad[0]) == pytest.approx(
            bce_slope(z, t),
            rel=4 * float(info.eps),
            abs=4 * float(info.smallest_subnormal),
        )


@each_dtype
def test_bce_slopes_at_soft_labels(dtype: str) -> None:
    """An eps of 1 at worst: σ(z) and t may be nearly equal."""
    eps = float(np.finfo(dtype).eps)
    for z in np.linspace(-30, 30, 41).astype(dtype):
        for t in np.array([1e-9, 0.1, 0.25, 0.5, 0.9, 1 - 1e-6], dtype):
            _, grad = fused.bce(np.array([z]), np.array([t]))
            assert float(grad[0]) == pytest.approx(
                bce_slope(z, t), abs=eps
            )


@each_dtype
@pytest.mark.parametrize("scale", [0.1, 3.0, 20.0])
def test_bce_value(dtype: str, scale: float) -> None:
    random = np.random.default_rng(6)
    logits = random.normal(0, scale, 500).astype(dtype)
    targets = random.choice([0, 1, 0.25], 500).astype(dtype)
    with mp.workdps(DIGITS):
        terms = [
            mp.log(1 + mp.exp(z)) - t * z
            for z, t in zip(
                exactly(logits), exactly(targets), strict=True
            )
        ]
        expected = float(mp.fsum(terms) / 500)
    value, _ = fused.bce(logits, targets)
    assert value == pytest.approx(expected, rel=close(dtype))


# the others


@each_dtype
@pytest.mark.parametrize("delta", [0.05, 1.0, 30.0])
def test_regression_values(dtype: str, delta: float) -> None:
    random = np.random.default_rng(7)
    predictions, targets = random.standard_cauchy((2, 999)).astype(
        dtype
    )
    with mp.workdps(DIGITS):
        sizes = [
            abs(p - t)
            for p, t in zip(
                exactly(predictions), exactly(targets), strict=True
            )
        ]
        exact = {
            fused.mae: mp.fsum(sizes),
            fused.mse: mp.fsum(r * r / 2 for r in sizes),
            fused.huber: mp.fsum(
                r * r / 2
                if r <= delta
                else delta * r - mpf(delta) ** 2 / 2
                for r in sizes
            ),
        }
    for function, total in exact.items():
        options = {"delta": delta} if function is fused.huber else {}
        value, _ = function(predictions, targets, **options)
        assert math.isclose(
            value, float(total / 999), rel_tol=2 * close(dtype)
        )
