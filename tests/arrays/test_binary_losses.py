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
from lossbook.losses import BinaryCrossEntropy

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
            # Between hard labels two terms of up to 1 cancel.
            slack = tiny if t in HARD else 1e-15
            [slope] = case.loss.grad([z], [t])
            assert float(slope) == pytest.approx(
                case.slope(z, t), rel=4 * eps, abs=slack
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
    if case.convex:
        between = share * start + (1 - share) * end
        chord = share * case.loss.loss(start, targets) + (
            1 - share
        ) * case.loss.loss(end, targets)
        slack = 1 + 1e-14
        assert case.loss.loss(between, targets) <= chord * slack


@given(batches(2))
def test_tangent_lies_below(drawn: Batch) -> None:
    case, [here, there], targets = drawn
    if case.convex:
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
