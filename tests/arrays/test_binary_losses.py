"""The losses of one logit and one label, all in the same way."""

import math
from collections.abc import Callable
from random import Random

import numpy as np
import pytest
import torch
from binary_definitions import CASES, Case
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lossbook.gradcheck import gradcheck
from lossbook.losses import (
    BinaryCrossEntropy,
    ExponentialLoss,
    FocalLoss,
    HingeLoss,
    SquaredHinge,
)

INF, NAN = math.inf, math.nan

SIZES = [0.0, 1e-30, 1e-9, 1e-3, 0.3, 0.999, 1.001, 2.5, 9.0, 17.0]
SIZES += [37.0, 40.0, 100.0, 700.0]
LOGITS = [sign * size for size in SIZES for sign in (1, -1)]

each_case = pytest.mark.parametrize(
    "case", CASES.values(), ids=CASES.keys()
)


HARD = (-1.0, 0.0, 1.0)


def precision(dtype: str) -> tuple[float, float]:
    info = np.finfo(dtype)
    return float(info.eps), float(info.tiny)


def batch(
    case: Case, shape: tuple[int, ...], seed: int = 3
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    logits = random.normal(scale=3, size=shape)
    return logits, random.choice(case.targets, size=shape)


@each_case
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_logit_against_the_definition(
    case: Case, dtype: str
) -> None:
    eps, tiny = precision(dtype)
    for z in np.array(LOGITS, dtype):
        for t in np.array(case.targets, dtype):
            # float32 takes no digits from the value.
            assert case.loss.loss([z], [t]) == pytest.approx(
                case.value(z, t), rel=1e-15, abs=0
            )
            expected = case.slope(z, t)
            if abs(expected) > float(np.finfo(dtype).max):
                expected = math.copysign(INF, expected)
            # Between hard labels two terms of up to 1 cancel.
            slack = tiny if t in HARD else 1e-15
            [slope] = case.loss.grad([z], [t])
            assert float(slope) == pytest.approx(
                expected, rel=4 * eps, abs=slack
            )


@each_case
@pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 3, 4)])
def test_a_batch_against_the_definition(
    case: Case, shape: tuple[int, ...]
) -> None:
    logits, targets = batch(case, shape)
    n = shape[0]
    pairs = list(zip(logits.flat, targets.flat, strict=True))
    values = [case.value(z, t) for z, t in pairs]
    assert case.loss.loss(logits, targets) == pytest.approx(
        math.fsum(values) / n, rel=1e-15
    )
    slopes = np.array([case.slope(z, t) / n for z, t in pairs])
    np.testing.assert_allclose(
        case.loss.grad(logits, targets),
        slopes.reshape(shape),
        rtol=2e-15,
    )


@each_case
@pytest.mark.parametrize("shape", [(6,), (5, 3), (2, 3, 4)])
@pytest.mark.parametrize(
    ("dtype", "rtol"), [("float64", 1e-12), ("float32", 1e-5)]
)
def test_pytorch_value_and_autograd(
    case: Case, shape: tuple[int, ...], dtype: str, rtol: float
) -> None:
    logits, targets = (a.astype(dtype) for a in batch(case, shape))
    variable = torch.tensor(logits, requires_grad=True)
    value = case.torch_sum(variable, torch.tensor(targets)) / shape[0]
    [grad] = torch.autograd.grad(value, variable)
    assert case.loss.loss(logits, targets) == pytest.approx(
        value.item(), rel=rtol
    )
    ours = case.loss.grad(logits, targets)
    assert ours.dtype == dtype
    np.testing.assert_allclose(
        ours, grad.numpy(), rtol=rtol, atol=np.finfo(dtype).eps
    )


@each_case
@pytest.mark.parametrize("shape", [(8,), (4, 3), (2, 2, 3)])
def test_gradcheck(case: Case, shape: tuple[int, ...]) -> None:
    assert gradcheck(case.loss, *batch(case, shape)) < 1e-8


@each_case
def test_gradcheck_at_and_beside_the_margin(case: Case) -> None:
    for t in case.targets:
        for z in (-1, 0, 1):
            logits = z + np.array([0, 1e-12, -1e-12, 1e-3, -1e-3])
            gradcheck(case.loss, logits, np.full(5, t))


# properties

# Multiples of 2^-8 of few bits: their midpoints are exact.
FOCUSED = [CASES["focal"], CASES["focal-balanced"]]  # not convex

numbers = st.integers(-(2**12), 2**12).map(lambda k: k / 2**8)


@st.composite
def batches(
    draw: st.DrawFn, count: int = 1
) -> tuple[Case, list[np.ndarray], np.ndarray]:
    case = draw(st.sampled_from(list(CASES.values())))
    shape = draw(npst.array_shapes(min_dims=1, max_dims=3, max_side=4))
    logits = npst.arrays("float64", shape, elements=numbers)
    labels = st.sampled_from(case.targets)
    targets = npst.arrays("float64", shape, elements=labels)
    return case, [draw(logits) for _ in range(count)], draw(targets)


Batch = tuple[Case, list[np.ndarray], np.ndarray]


@given(batches())
def test_never_negative(drawn: Batch) -> None:
    case, [logits], targets = drawn
    assert case.loss.loss(logits, targets) >= 0


@given(batches())
def test_never_pushed_away_from_the_label(drawn: Batch) -> None:
    case, [logits], targets = drawn
    grad = case.loss.grad(logits, targets)
    assert (grad[targets == 1] <= 0).all()
    assert (grad[targets == min(case.targets)] >= 0).all()


@given(batches(2), st.sampled_from([0.25, 0.5, 0.75]))
def test_convex_along_a_segment(drawn: Batch, share: float) -> None:
    case, [start, end], targets = drawn
    if case not in FOCUSED:
        between = share * start + (1 - share) * end
        chord = share * case.loss.loss(start, targets) + (
            1 - share
        ) * case.loss.loss(end, targets)
        slack = 1 + 1e-14
        assert case.loss.loss(between, targets) <= chord * slack


@given(batches(2))
def test_tangent_lies_below(drawn: Batch) -> None:
    case, [here, there], targets = drawn
    if case not in FOCUSED:
        rise = case.loss.grad(here, targets) * (there - here)
        start = case.loss.loss(here, targets)
        slack = 1e-14 * (start + np.abs(rise).sum())
        end = case.loss.loss(there, targets) * (1 + 1e-14)
        assert start + rise.sum() <= end + slack


@given(batches(), st.randoms(use_true_random=False))
def test_order_of_the_batch_does_not_matter(
    drawn: Batch, random: Random
) -> None:
    case, [logits], targets = drawn
    order = list(range(len(logits)))
    random.shuffle(order)
    assert case.loss.loss(
        logits[order], targets[order]
    ) == pytest.approx(case.loss.loss(logits, targets), rel=1e-14)
    np.testing.assert_array_equal(
        case.loss.grad(logits[order], targets[order]),
        case.loss.grad(logits, targets)[order],
    )


@given(batches())
def test_divided_by_the_batch_size(drawn: Batch) -> None:
    case, [logits], targets = drawn
    twice = np.concatenate([logits, logits])
    targets_twice = np.concatenate([targets, targets])
    assert case.loss.loss(twice, targets_twice) == pytest.approx(
        case.loss.loss(logits, targets), rel=1e-14
    )
    flat = case.loss.loss(logits.ravel(), targets.ravel())
    per_row = logits.size / len(logits)
    assert case.loss.loss(logits, targets) == pytest.approx(
        flat * per_row, rel=1e-14
    )


# extremes


@each_case
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nan_shows_in_the_loss_and_at_its_element(
    case: Case, dtype: str
) -> None:
    logits = np.array([1.0, NAN, INF], dtype)
    assert math.isnan(case.loss.loss(logits, [1, 1, 1]))
    grad = case.loss.grad(logits, [1, 1, 1])
    assert np.isnan(grad).tolist() == [False, True, False]


@each_case
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e4, 1e38, INF])
def test_sure_and_right(case: Case, dtype: str, size: float) -> None:
    logits = np.array([size, -size], dtype)
    targets = [1.0, min(case.targets)]
    value = case.loss.loss(logits, targets)
    assert value == 0
    assert math.copysign(1, value) == 1
    assert not case.loss.grad(logits, targets).any()


@each_case
def test_sums_too_large_for_float64_are_inf(case: Case) -> None:
    logits = np.full(16, 1.5e308)
    targets = np.full(16, min(case.targets))
    assert case.loss.loss(logits, targets) == INF
    assert not np.isnan(case.loss.grad(logits, targets)).any()


@each_case
def test_a_large_batch(case: Case) -> None:
    logits, targets = batch(case, (10**5,))
    variable = torch.tensor(logits, requires_grad=True)
    value = case.torch_sum(variable, torch.tensor(targets)) / 10**5
    [grad] = torch.autograd.grad(value, variable)
    assert case.loss.loss(logits, targets) == pytest.approx(
        value.item(), rel=1e-13
    )
    np.testing.assert_allclose(
        case.loss.grad(logits, targets),
        grad,
        rtol=1e-11,
        atol=1e-20,
    )


# arrays


@each_case
def test_returns_a_plain_float_and_an_array(case: Case) -> None:
    logits, targets = batch(case, (3,))
    assert type(case.loss.loss(logits, targets)) is float
    assert type(case.loss.grad(logits, targets)) is np.ndarray


@each_case
@pytest.mark.parametrize("dtype", ["float16", "float32", "longdouble"])
def test_the_gradient_has_the_dtype_of_the_logits(
    case: Case, dtype: str
) -> None:
    logits, targets = np.array([2.0, -1, 0.5], dtype), [1, 1, 1]
    doubles = logits.astype("float64")
    grad = case.loss.grad(logits, targets)
    assert grad.dtype == dtype
    np.testing.assert_array_equal(
        grad, case.loss.grad(doubles, targets).astype(dtype)
    )
    value = case.loss.loss(logits, targets)
    assert value == case.loss.loss(doubles, targets)


@each_case
def test_integers_and_lists(case: Case) -> None:
    low = int(min(case.targets))
    expected = case.loss.grad([3.0, -1.0], [1.0, float(low)])
    found = case.loss.grad(np.array([3, -1], "int8"), [1, low])
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, expected)


@each_case
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
def test_views(case: Case, view: Callable) -> None:
    logits, targets = batch(case, (4, 3))
    views = view(logits), view(targets)
    assert case.loss.loss(*views) == pytest.approx(
        case.loss.loss(logits, targets), rel=1e-15
    )
    np.testing.assert_array_equal(
        case.loss.grad(*views), case.loss.grad(logits, targets)
    )


@each_case
def test_inputs_are_left_alone(case: Case) -> None:
    inputs = batch(case, (4, 3))
    logits, targets = (array.copy() for array in inputs)
    logits.flags.writeable = targets.flags.writeable = False
    case.loss.loss(logits, targets)
    case.loss.grad(logits, targets)[:] = 7
    np.testing.assert_array_equal(logits, inputs[0])
    np.testing.assert_array_equal(targets, inputs[1])


# what is refused


@each_case
@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize("bad", [-2.0, 1.5, NAN, INF])
def test_targets_out_of_range(
    case: Case, method: str, bad: float
) -> None:
    call = getattr(case.loss, method)
    with pytest.raises(ValueError, match=rf"targets\[1\] is {bad}, "):
        call([1.0, 2.0], [1.0, bad])
    with pytest.raises(ValueError, match=rf"targets\[0, 1\] is {bad}"):
        call([[1.0, 2.0]], [[1.0, bad]])


@each_case
@pytest.mark.parametrize("method", ["loss", "grad"])
def test_shapes(case: Case, method: str) -> None:
    call = getattr(case.loss, method)
    with pytest.raises(ValueError, match=r"\(2, 1\), targets \(2,\)"):
        call(np.ones((2, 1)), np.ones(2))
    with pytest.raises(ValueError, match="batch axis"):
        call(1.0, 1.0)
    with pytest.raises(ValueError, match="empty batch"):
        call([], [])
    with pytest.raises(TypeError, match="predictions must be real"):
        call(["1"], [1.0])
    with pytest.raises(TypeError, match="targets must be real"):
        call([1.0], [1j])


# binary cross-entropy


@pytest.mark.parametrize("t", [0.0, 1.0])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_gradient_of_sure_logits_has_4_eps(
    t: float, dtype: str
) -> None:
    """The difference σ(z) - t had 1e6 eps of error near t = 1."""
    case = CASES["bce"]
    eps, tiny = precision(dtype)
    sizes = np.concatenate([np.linspace(0, 40, 81), [90, 740]])
    for z in np.concatenate([sizes, -sizes]).astype(dtype):
        [slope] = BinaryCrossEntropy().grad(
            np.array([z]), np.array([t], dtype)
        )
        assert float(slope) == pytest.approx(
            case.slope(z, t), rel=4 * eps, abs=tiny
        )


@pytest.mark.parametrize("z", [1e4, 1e38, INF])
@pytest.mark.parametrize("weight", [1.0, 3.5])
def test_sure_and_wrong(z: float, weight: float) -> None:
    loss = BinaryCrossEntropy(weight)
    assert loss.loss([z], [0]) == z
    assert loss.loss([-z], [1]) == weight * z
    assert loss.grad([z], [0]) == 1
    assert loss.grad([-z], [1]) == -weight


def test_pytorch_in_float32_is_off_where_it_is_sure() -> None:
    """By 2 % near z = -10.5, and it says 0 at -17."""
    theirs = torch.nn.functional.binary_cross_entropy_with_logits
    zero = torch.zeros(1)
    errors = []
    for z in np.linspace(-11, -10, 101, dtype="float32"):
        expected = CASES["bce"].value(z, 0.0)
        ours = BinaryCrossEntropy().loss([z], [0.0])
        assert ours == pytest.approx(expected, rel=1e-15)
        value = theirs(torch.tensor([z]), zero).item()
        errors.append(abs(value / expected - 1))
    assert 0.015 < max(errors) < 0.03
    assert theirs(torch.tensor([-17.0]), zero).item() == 0


@pytest.mark.parametrize("weight", [0, -1.0, NAN, INF])
def test_pos_weight_is_positive(weight: float) -> None:
    with pytest.raises(ValueError, match=f"pos_weight .*{weight}"):
        BinaryCrossEntropy(weight)


# focal loss


def test_focal_without_focus_is_cross_entropy() -> None:
    logits, targets = batch(CASES["focal"], (4, 3))
    assert FocalLoss(0).loss(logits, targets) == pytest.approx(
        BinaryCrossEntropy().loss(logits, targets), rel=1e-15
    )
    np.testing.assert_allclose(
        FocalLoss(0).grad(logits, targets),
        BinaryCrossEntropy().grad(logits, targets),
        rtol=1e-15,
    )
    # alpha = ¾ weighs the positive class three times as much.
    np.testing.assert_allclose(
        FocalLoss(0, 0.75).grad(logits, targets),
        BinaryCrossEntropy(3.0).grad(logits, targets) / 4,
        rtol=1e-15,
    )


def test_gamma_2_shrinks_a_p_of_09_by_25_more_than_a_half() -> None:
    def share(p: float) -> float:
        z = [math.log(p / (1 - p))]
        return FocalLoss().loss(z, [1]) / BinaryCrossEntropy().loss(
            z, [1]
        )

    assert share(0.5) / share(0.9) == pytest.approx(25)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("z", [1e4, 1e38, INF])
def test_focal_sure_and_wrong(gamma: float, z: float) -> None:
    loss = FocalLoss(gamma, 0.25)
    assert loss.loss([z], [0]) == 0.75 * z
    assert loss.loss([-z], [1]) == 0.25 * z
    assert loss.grad([z, -z], [0, 1]).tolist() == [0.375, -0.125]


@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize("bad", [0.5, -1.0])
def test_focal_labels_are_hard(method: str, bad: float) -> None:
    with pytest.raises(
        ValueError, match=rf"\[1\] is {bad}, not 0 or 1"
    ):
        getattr(FocalLoss(), method)([1.0, 1.0], [1, bad])


@pytest.mark.parametrize("value", [-0.1, NAN, INF])
def test_gamma_is_not_negative(value: float) -> None:
    with pytest.raises(ValueError, match=f"gamma .*{value}"):
        FocalLoss(value)


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, NAN])
def test_alpha_is_between_0_and_1(value: float) -> None:
    with pytest.raises(ValueError, match=f"alpha .*{value}"):
        FocalLoss(alpha=value)


# losses of the margin

MARGIN_LOSSES = [HingeLoss(), SquaredHinge(), ExponentialLoss()]
each_margin_loss = pytest.mark.parametrize(
    "loss", MARGIN_LOSSES, ids=lambda loss: type(loss).__name__
)


@each_margin_loss
@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize("bad", [0, 0.5, 2, NAN])
def test_signs(loss, method: str, bad: float) -> None:
    with pytest.raises(
        ValueError,
        match=rf"\[1\] is {bad}.* -1 or \+1.*2 \* labels - 1",
    ):
        getattr(loss, method)([1.0, 1.0], [1, bad])


@each_margin_loss
@given(batches())
def test_only_the_margin_counts(loss, drawn: Batch) -> None:
    _, [z], _ = drawn
    y = np.where(np.arange(z.size).reshape(z.shape) % 2, 1.0, -1.0)
    ones = np.ones(z.shape)
    assert loss.loss(z, y) == loss.loss(y * z, ones)
    np.testing.assert_array_equal(
        loss.grad(z, y), y * loss.grad(y * z, ones)
    )


def test_on_the_margin() -> None:
    """max(0, m) = (m + |m|) / 2 with sign(0) = 0: half of the slope."""
    z, y = np.array([1.0, -1.0]), np.array([1.0, -1.0])
    assert HingeLoss().loss(z, y) == 0
    assert HingeLoss().grad(z, y).tolist() == [-0.25, 0.25]
    assert SquaredHinge().grad(z, y).tolist() == [0, 0]
    assert HingeLoss().grad([0.0], [1]).tolist() == [-1]


@pytest.mark.parametrize(
    ("cut", "slope"),
    [
        (lambda m: m.clamp(min=0), -1.0),
        (lambda m: torch.relu(m), 0.0),
        (lambda m: torch.maximum(m, torch.zeros(1)), -0.5),
    ],
    ids=["clamp", "relu", "maximum"],
)
def test_pytorch_on_the_margin_depends_on_how_it_is_written(
    cut: Callable, slope: float
) -> None:
    z = torch.ones(1, requires_grad=True)
    [grad] = torch.autograd.grad(cut(1 - z).sum(), z)
    assert grad.item() == slope


@pytest.mark.parametrize(
    ("loss", "value", "slope"),
    [
        (HingeLoss(), 1e38, 1.0),
        (SquaredHinge(), 1e76, 2e38),
        (ExponentialLoss(), INF, INF),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_far_on_the_wrong_side(
    loss, value: float, slope: float, dtype: str
) -> None:
    z = np.array([1e38, -1e38], dtype)
    found = loss.loss(z, [-1, 1])
    assert found == pytest.approx(value, rel=1e-6)
    with np.errstate(over="ignore"):
        expected = np.array([slope, -slope]).astype(dtype) / 2
    np.testing.assert_allclose(
        loss.grad(z, [-1, 1]), expected, rtol=1e-6
    )
    infinite = np.array([INF, -INF], dtype)
    assert loss.loss(infinite, [-1, 1]) == INF
    steep = 0.5 if slope == 1 else INF
    assert loss.grad(infinite, [-1, 1]).tolist() == [steep, -steep]
