"""Values and gradients against the definitions at 50 digits."""

import numpy as np
import pytest
from loss_definitions import CASES, Case
from mpmath import mpf

from lossbook.losses import MAE, HuberLoss, QuantileLoss

# Small and large, and both sides of every place where a form changes.
SIZES = [
    1e-150,
    1e-30,
    1e-9,
    1e-4,
    0.049,
    0.051,
    0.3,
    0.999,
    1.001,
    2.5,
    29,
    31,
]
SIZES += [40.0, 800.0, 1e6, 1e30, 1e150]
RESIDUALS = np.array(
    [sign * size for size in SIZES for sign in (1, -1)]
)


def relative_error(found: float, expected: mpf) -> float:
    return float(abs(mpf(float(found)) - expected) / abs(expected))


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.mark.parametrize("residual", RESIDUALS)
def test_one_residual(case: Case, residual: float) -> None:
    predictions, targets = np.array([residual]), np.array([0.0])
    value = case.loss.loss(predictions, targets)
    assert (
        relative_error(value, case.value(predictions, targets)) < 1e-15
    )
    [slope] = case.loss.grad(predictions, targets)
    assert relative_error(slope, case.slope(residual, 0.0, n=1)) < 1e-15


@pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 3, 4)])
@pytest.mark.parametrize("spread", [0.05, 1.0, 100.0])
def test_a_batch(
    case: Case, shape: tuple[int, ...], spread: float
) -> None:
    random = np.random.default_rng(7)
    predictions = random.normal(scale=spread, size=shape)
    targets = random.normal(scale=spread, size=shape)
    value = case.loss.loss(predictions, targets)
    assert (
        relative_error(value, case.value(predictions, targets)) < 1e-15
    )
    grad = case.loss.grad(predictions, targets)
    assert grad.shape == shape
    for slope, prediction, target in zip(
        grad.flat, predictions.flat, targets.flat, strict=True
    ):
        expected = case.slope(prediction, target, n=shape[0])
        assert relative_error(slope, expected) < 1e-15


def test_zero_residual(case: Case) -> None:
    assert case.loss.loss([3.0], [3.0]) == 0


def test_value_where_the_form_changes(case: Case) -> None:
    for kink in case.kinks:
        predictions, targets = np.array([kink]), np.array([0.0])
        value = case.value(predictions, targets)
        assert case.loss.loss(predictions, targets) == pytest.approx(
            float(value)
        )


def test_gradient_at_kinks() -> None:
    # sign(0) = 0 in |r| and in |r|/2 + (1/2 - tau)·r.
    assert MAE().grad([1.0, 2.0], [1.0, 0.0]).tolist() == [0, 0.5]
    assert QuantileLoss(0.9).grad([1.0, 1.0], [1.0, 1.0]).tolist() == [
        -0.2,
        -0.2,
    ]
    # Huber's slope is continuous: delta from both sides.
    assert HuberLoss(0.5).grad([0.5, -0.5], [0, 0]).tolist() == [
        0.25,
        -0.25,
    ]
