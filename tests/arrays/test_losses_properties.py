"""What must hold for every loss and every batch."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lossbook.losses import (
    MAE,
    MSE,
    HuberLoss,
    LogCosh,
    Loss,
    QuantileLoss,
)

deltas = st.floats(1e-3, 1e3)
taus = st.floats(1e-3, 1 - 1e-3)
symmetric_losses = st.one_of(
    st.builds(MAE),
    st.builds(MSE),
    st.builds(LogCosh),
    st.builds(HuberLoss, deltas),
)
losses = st.one_of(symmetric_losses, st.builds(QuantileLoss, taus))
shapes = npst.array_shapes(min_dims=1, max_dims=3, max_side=4)


# Multiples of 2^-20, few of whose bits are used: differences and midpoints of
# them are exact, so that only the losses themselves round.
numbers = st.one_of(
    st.integers(-(2**23), 2**23).map(lambda k: k / 2**20),
    st.integers(-(2**20), 2**20).map(float),
)


@st.composite
def batches(
    draw: st.DrawFn, count: int, dtype: str = "float64"
) -> list[np.ndarray]:
    shape = draw(shapes)
    array = npst.arrays(dtype, shape, elements=numbers)
    return [draw(array) for _ in range(count)]


@given(losses, batches(2))
def test_never_negative(loss: Loss, batch: list[np.ndarray]) -> None:
    assert loss.loss(*batch) >= 0


@given(losses, batches(1))
def test_zero_at_equality(loss: Loss, batch: list[np.ndarray]) -> None:
    [targets] = batch
    assert loss.loss(targets, targets) == 0


@given(symmetric_losses, batches(1))
def test_flat_at_equality(loss: Loss, batch: list[np.ndarray]) -> None:
    [targets] = batch
    assert not loss.grad(targets, targets).any()


@given(symmetric_losses, batches(2))
def test_symmetric(loss: Loss, batch: list[np.ndarray]) -> None:
    predictions, targets = batch
    assert loss.loss(predictions, targets) == loss.loss(
        targets, predictions
    )
    np.testing.assert_array_equal(
        loss.grad(predictions, targets),
        -loss.grad(targets, predictions),
    )


@given(st.sampled_from([0.125, 0.25, 0.5]), batches(2))
def test_quantiles_mirror_each_other(
    tau: float, batch: list[np.ndarray]
) -> None:
    predictions, targets = batch
    mirror = QuantileLoss(1 - tau)
    assert QuantileLoss(tau).loss(predictions, targets) == mirror.loss(
        targets, predictions
    )


@given(
    losses, batches(3), st.sampled_from([0.125, 0.25, 0.5, 0.75, 0.875])
)
def test_convex_along_a_segment(
    loss: Loss, batch: list[np.ndarray], weight: float
) -> None:
    start, end, targets = batch
    between = (1 - weight) * start + weight * end
    chord = (1 - weight) * loss.loss(
        start, targets
    ) + weight * loss.loss(end, targets)
    assert loss.loss(between, targets) <= chord * (1 + 1e-14)


@given(losses, batches(3))
def test_tangent_lies_below(
    loss: Loss, batch: list[np.ndarray]
) -> None:
    here, there, targets = batch
    rise = loss.grad(here, targets) * (there - here)
    tangent = loss.loss(here, targets) + rise.sum()
    slack = 1e-14 * (loss.loss(here, targets) + np.abs(rise).sum())
    assert tangent <= loss.loss(there, targets) * (1 + 1e-14) + slack


@given(losses, batches(2))
def test_gradient_points_away_from_the_target(
    loss: Loss, batch: list[np.ndarray]
) -> None:
    predictions, targets = batch
    off = predictions != targets
    np.testing.assert_array_equal(
        np.sign(loss.grad(predictions, targets))[off],
        np.sign(predictions - targets)[off],
    )


@given(losses, batches(2), st.randoms(use_true_random=False))
def test_order_of_the_batch_does_not_matter(
    loss: Loss, batch: list[np.ndarray], random: Random
) -> None:
    predictions, targets = batch
    order = list(range(len(predictions)))
    random.shuffle(order)
    np.testing.assert_allclose(
        loss.loss(predictions[order], targets[order]),
        loss.loss(predictions, targets),
        rtol=1e-14,
    )
    np.testing.assert_array_equal(
        loss.grad(predictions[order], targets[order]),
        loss.grad(predictions, targets)[order],
    )


@given(losses, batches(2))
def test_a_batch_twice_over_has_the_same_loss(
    loss: Loss, batch: list[np.ndarray]
) -> None:
    predictions, targets = batch
    twice = np.concatenate([predictions, predictions])
    targets_twice = np.concatenate([targets, targets])
    np.testing.assert_allclose(
        loss.loss(twice, targets_twice),
        loss.loss(predictions, targets),
        rtol=1e-14,
    )
    np.testing.assert_allclose(
        loss.grad(twice, targets_twice)[: len(predictions)],
        loss.grad(predictions, targets) / 2,
        rtol=1e-15,
    )


@given(losses, batches(2))
def test_columns_add_up(loss: Loss, batch: list[np.ndarray]) -> None:
    """Divided by the batch size, not by the number of elements."""
    predictions, targets = (
        array.reshape(len(array), -1) for array in batch
    )
    columns = [
        loss.loss(*column)
        for column in zip(predictions.T, targets.T, strict=True)
    ]
    np.testing.assert_allclose(
        loss.loss(predictions, targets), sum(columns), rtol=1e-14
    )
    np.testing.assert_array_equal(
        loss.grad(*batch).ravel(),
        loss.grad(predictions, targets).ravel(),
    )


@given(losses, batches(2, "float32"))
def test_single_precision_only_rounds_the_gradient(
    loss: Loss, batch: list[np.ndarray]
) -> None:
    doubles = [array.astype("float64") for array in batch]
    assert loss.loss(*batch) == loss.loss(*doubles)
    grad = loss.grad(*batch)
    assert grad.dtype == np.float32
    np.testing.assert_array_equal(
        grad, loss.grad(*doubles).astype("float32")
    )


@given(batches(2), st.sampled_from([0.25, 2.0, 8.0]), deltas)
def test_units(
    batch: list[np.ndarray], scale: float, delta: float
) -> None:
    scaled = [scale * array for array in batch]
    assert MAE().loss(*scaled) == scale * MAE().loss(*batch)
    assert MSE().loss(*scaled) == scale**2 * MSE().loss(*batch)
    wide = HuberLoss(scale * delta)
    assert wide.loss(*scaled) == scale**2 * HuberLoss(delta).loss(
        *batch
    )


@given(batches(2))
def test_huber_runs_from_mae_to_mse(batch: list[np.ndarray]) -> None:
    # Beyond every residual delta is idle.
    np.testing.assert_allclose(
        HuberLoss(2.0**22).loss(*batch), MSE().loss(*batch), rtol=1e-15
    )
    # delta·(|r| - delta/2) is between delta·|r| and that minus delta²/2 each.
    delta = 2.0**-30
    mae, elements_per_row = (
        MAE().loss(*batch),
        batch[0].size / len(batch[0]),
    )
    huber = HuberLoss(delta).loss(*batch) / delta
    slack = 1e-14 * mae
    assert (
        mae - delta / 2 * elements_per_row - slack
        <= huber
        <= mae + slack
    )
