"""What goes in: every kind of array, extremes, and what is refused.

Warnings are errors in this test run (pyproject.toml), so every test here also
says that its input passes in silence.
"""

import math
from itertools import pairwise

import numpy as np
import pytest

from lossbook.losses import (
    MAE,
    MSE,
    HuberLoss,
    LogCosh,
    Loss,
    QuantileLoss,
)

INF, NAN = math.inf, math.nan
ALL = [MAE(), MSE(), HuberLoss(), LogCosh(), QuantileLoss(0.75)]
each_loss = pytest.mark.parametrize(
    "loss", ALL, ids=lambda loss: type(loss).__name__
)

PREDICTIONS = np.array([[1.0, -2.0], [0.5, 4.0], [3.0, 3.0]])
TARGETS = np.array([[0.0, 1.0], [0.5, 1.0], [5.0, 2.5]])


@each_loss
def test_returns_a_plain_float_and_an_array(loss: Loss) -> None:
    assert type(loss.loss(PREDICTIONS, TARGETS)) is float
    assert type(loss.grad(PREDICTIONS, TARGETS)) is np.ndarray


# dtypes


@each_loss
@pytest.mark.parametrize(
    "dtype", ["float16", "float32", "float64", "longdouble"]
)
def test_the_gradient_has_the_dtype_of_predictions(
    loss: Loss, dtype: str
) -> None:
    grad = loss.grad(PREDICTIONS.astype(dtype), TARGETS)
    assert grad.dtype == dtype
    reference = loss.grad(PREDICTIONS, TARGETS)
    np.testing.assert_array_equal(grad, reference.astype(dtype))


@each_loss
@pytest.mark.parametrize(
    "dtype", ["uint8", "int8", "int64", "uint64", "bool"]
)
def test_integers_become_float64(loss: Loss, dtype: str) -> None:
    # 0 - 1 is 255 in uint8.
    predictions, targets = (
        np.array([0, 1, 0], dtype),
        np.array([1, 0, 0], dtype),
    )
    as_floats = [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]
    assert loss.loss(predictions, targets) == loss.loss(*as_floats)
    grad = loss.grad(predictions, targets)
    assert grad.dtype == np.float64
    np.testing.assert_array_equal(grad, loss.grad(*as_floats))


@each_loss
def test_lists_are_arrays(loss: Loss) -> None:
    lists = PREDICTIONS.tolist(), TARGETS.tolist()
    assert loss.loss(*lists) == loss.loss(PREDICTIONS, TARGETS)
    np.testing.assert_array_equal(
        loss.grad(*lists), loss.grad(PREDICTIONS, TARGETS)
    )


# memory


@each_loss
@pytest.mark.parametrize(
    "view",
    [
        lambda a: np.asfortranarray(a),
        lambda a: np.repeat(a, 3, axis=1)[:, ::3],
        lambda a: a[::-1].copy()[::-1],
        lambda a: np.broadcast_to(a, (1, *a.shape))[0],
    ],
    ids=["fortran", "strided", "reversed", "broadcast"],
)
def test_views(loss: Loss, view) -> None:
    views = view(PREDICTIONS), view(TARGETS)
    # The order of summation may differ.
    assert loss.loss(*views) == pytest.approx(
        loss.loss(PREDICTIONS, TARGETS), rel=1e-15
    )
    np.testing.assert_array_equal(
        loss.grad(*views), loss.grad(PREDICTIONS, TARGETS)
    )


@each_loss
def test_inputs_are_left_alone(loss: Loss) -> None:
    predictions, targets = PREDICTIONS.copy(), TARGETS.copy()
    # Read-only arrays raise if written to.
    predictions.flags.writeable = targets.flags.writeable = False
    loss.loss(predictions, targets)
    grad = loss.grad(predictions, targets)
    grad[:] = 7
    np.testing.assert_array_equal(predictions, PREDICTIONS)
    np.testing.assert_array_equal(targets, TARGETS)


# extremes


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (MAE(), 2e38),
        (MSE(), 2e76),
        (HuberLoss(), 2e38),
        (LogCosh(), 2e38),
        (QuantileLoss(0.75), 0.25 * 2e38),
    ],
)
def test_float32_near_its_end(loss: Loss, expected: float) -> None:
    predictions, targets = (
        np.float32([1e38, 1e38]),
        np.float32([-1e38, -1e38]),
    )
    assert loss.loss(predictions, targets) == pytest.approx(
        expected, rel=1e-7
    )
    assert np.isfinite(loss.grad(predictions, targets)).all()


def test_float32_residual_beyond_its_end() -> None:
    predictions, targets = (
        np.float32([3e38, 0, 0, 0]),
        np.float32([-3e38, 0, 0, 0]),
    )
    # r = 6e38 is no float32, r/4 is.
    assert MAE().loss(predictions, targets) == pytest.approx(
        1.5e38, rel=1e-7
    )
    assert MSE().grad(predictions, targets)[0] == pytest.approx(
        1.5e38, rel=1e-7
    )
    assert MSE().grad(predictions[:1], targets[:1]).tolist() == [INF]


@each_loss
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_1e30(loss: Loss, sign: float) -> None:
    predictions, targets = np.array([sign * 1e30]), np.array([0.0])
    far = {MAE: 1e30, MSE: 5e59, HuberLoss: 1e30, LogCosh: 1e30}
    far[QuantileLoss] = 0.25e30 if sign > 0 else 0.75e30
    assert loss.loss(predictions, targets) == pytest.approx(
        far[type(loss)], rel=1e-15
    )


def test_squares_too_large_for_float64_are_inf() -> None:
    assert MSE().loss([1e200], [0.0]) == INF
    assert MSE().grad([1e200], [0.0]).tolist() == [1e200]
    assert HuberLoss(1e200).loss([1e200], [0.0]) == INF
    assert MAE().loss([1.5e308], [-1.5e308]) == INF
    assert MAE().grad([1.5e308], [-1.5e308]).tolist() == [1]


@each_loss
def test_sums_too_large_for_float64_are_inf(loss: Loss) -> None:
    assert loss.loss(np.full(16, 1e308), np.zeros(16)) == INF


def test_subnormal_numbers() -> None:
    tiny = 5e-324
    assert MAE().loss([tiny], [0.0]) == tiny
    assert MAE().grad([tiny, -tiny], [0, 0]).tolist() == [0.5, -0.5]
    assert MSE().loss([tiny], [0.0]) == 0
    assert MSE().grad([tiny], [0.0]).tolist() == [tiny]
    assert HuberLoss().grad([tiny], [0.0]).tolist() == [tiny]
    assert HuberLoss(tiny).loss([3.0], [0.0]) == 3 * tiny
    assert LogCosh().grad([tiny], [0.0]).tolist() == [tiny]
    assert QuantileLoss(0.5).grad([tiny], [0.0]).tolist() == [0.5]
    small = np.float32(1e-45)
    assert MAE().loss([small], np.float32([0])) == float(small)


@pytest.mark.parametrize("predictions", [[INF], [-INF]])
@pytest.mark.parametrize(
    ("loss", "slopes"),
    [
        (MAE(), (1, -1)),
        (MSE(), (INF, -INF)),
        (HuberLoss(0.5), (0.5, -0.5)),
        (LogCosh(), (1, -1)),
        (QuantileLoss(0.25), (0.75, -0.25)),
        (QuantileLoss(0.75), (0.25, -0.75)),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_infinite_residuals(
    loss: Loss,
    slopes: tuple[float, float],
    predictions: list[float],
    dtype: str,
) -> None:
    far, zero = np.array(predictions, dtype), np.zeros(1, dtype)
    assert loss.loss(far, zero) == INF
    assert loss.loss(zero, far) == INF
    up, down = slopes
    assert loss.grad(far, zero).tolist() == [up if far > 0 else down]
    assert loss.grad(zero, far).tolist() == [down if far > 0 else up]


@each_loss
@pytest.mark.parametrize(
    ("prediction", "target"),
    [(NAN, 0), (0, NAN), (NAN, INF), (INF, INF)],
)
def test_nan_shows_in_the_loss_and_at_its_element(
    loss: Loss, prediction: float, target: float
) -> None:
    predictions, targets = [1.0, prediction, 2.0], [0.0, target, 4.0]
    assert math.isnan(loss.loss(predictions, targets))
    grad = loss.grad(predictions, targets)
    assert np.isnan(grad).tolist() == [False, True, False]


# what is refused


SHAPES = [(), (1,), (2,), (2, 1), (1, 2), (2, 2)]


@each_loss
@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize(("shape", "other"), [*pairwise(SHAPES)])
def test_shapes_must_be_equal(
    loss: Loss,
    method: str,
    shape: tuple[int, ...],
    other: tuple[int, ...],
) -> None:
    with pytest.raises(ValueError, match="equal") as error:
        getattr(loss, method)(np.zeros(shape), np.zeros(other))
    assert f"predictions have shape {shape}, targets {other}" in str(
        error.value
    )


@each_loss
@pytest.mark.parametrize("method", ["loss", "grad"])
def test_a_batch_is_needed(loss: Loss, method: str) -> None:
    with pytest.raises(
        ValueError, match=r"batch axis: pass \[prediction\]"
    ):
        getattr(loss, method)(1.0, 2.0)
    with pytest.raises(ValueError, match=r"empty batch.*\(0, 3\)"):
        getattr(loss, method)(np.zeros((0, 3)), np.zeros((0, 3)))
    with pytest.raises(ValueError, match=r"empty batch.*\(3, 0\)"):
        getattr(loss, method)(np.zeros((3, 0)), np.zeros((3, 0)))


@each_loss
@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize(
    ("bad", "dtype"),
    [
        ([1j], "complex128"),
        (["1"], "<U1"),
        ([None], "object"),
        (np.array([1], "timedelta64[s]"), "timedelta64"),
    ],
)
def test_only_real_numbers(
    loss: Loss, method: str, bad: object, dtype: str
) -> None:
    with pytest.raises(
        TypeError, match=f"predictions must be real.*{dtype}"
    ):
        getattr(loss, method)(bad, [1.0])
    with pytest.raises(
        TypeError, match=f"targets must be real.*{dtype}"
    ):
        getattr(loss, method)([1.0], bad)


@pytest.mark.parametrize("delta", [0, -0.0, -1, NAN, INF, -INF])
def test_delta_is_positive_and_finite(delta: float) -> None:
    with pytest.raises(
        ValueError, match=f"delta must be positive.*{delta}"
    ):
        HuberLoss(delta)


@pytest.mark.parametrize("tau", [0, 1, -0.1, 1.1, NAN, INF])
def test_tau_is_between_0_and_1(tau: float) -> None:
    with pytest.raises(ValueError, match=f"tau must be between.*{tau}"):
        QuantileLoss(tau)


def test_the_base_class_leaves_the_formula_open() -> None:
    with pytest.raises(NotImplementedError):
        Loss().loss([1.0], [1.0])
    with pytest.raises(NotImplementedError):
        Loss().grad([1.0], [1.0])
