"""CrossEntropy against its definition in mpmath, and against PyTorch."""

import math
from collections.abc import Callable
from itertools import product
from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from mpmath import mp, mpf
from torch.nn import functional

from lossbook.gradcheck import gradcheck
from lossbook.losses import CrossEntropy
from lossbook.numerics import one_hot, softmax

INF, NAN = math.inf, math.nan

LOGITS = np.array(
    [[2.0, -1.0, 0.5], [0.1, 0.2, 0.3], [-3.0, 4.0, 1.0], [0, 1, -1]]
)
LABELS = np.array([0, 2, 1, 1])
SHARES = np.array(
    [[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.25, 0.75], [0.5, 0.5, 0]]
)
UNEQUAL = SHARES * [[2.0], [0.5], [1.0], [0.0]]
TARGETS = {"labels": LABELS, "shares": SHARES, "unequal": UNEQUAL}

OPTIONS = [
    {"weight": weight, "label_smoothing": smoothing, "temperature": T}
    for weight, smoothing, T in product(
        [None, [0.5, 2.0, 3.0], [1.0, 0.0, 1.0]],
        [0.0, 0.1, 1.0],
        [1.0, 0.3, 4.0],
    )
]
each_option = pytest.mark.parametrize("options", OPTIONS, ids=str)
each_target = pytest.mark.parametrize("kind", TARGETS)
# The label 1 is a class as well as a label to ignore.
each_ignored = pytest.mark.parametrize("ignored", [-100, 1])


# the definition, row by row, as the papers have it


def exact_loss(
    logits: list[list[mpf]],
    targets: np.ndarray,
    weight: list[float] | None = None,
    label_smoothing: float = 0.0,
    temperature: float = 1.0,
    ignore_index: int | None = None,
) -> mpf:
    total, count = mpf(0), 0
    for row, target in zip(logits, targets, strict=True):
        if target is not None and np.ndim(target) == 0:
            if target == ignore_index:
                continue
            target = [float(k == target) for k in range(len(row))]
        count += 1
        scaled = [z / mpf(temperature) for z in row]
        log_total = mp.log(mp.fsum(mp.exp(z) for z in scaled))
        for k, z in enumerate(scaled):
            share = mpf(float(target[k])) * (1 - mpf(label_smoothing))
            share += mpf(label_smoothing) / len(row)
            if weight is not None:
                share *= mpf(weight[k])
            total += share * (log_total - z)
    return total / count


def exactly(logits: np.ndarray) -> list[list[mpf]]:
    return [[mpf(float(z)) for z in row] for row in logits]


def exact_value(logits: np.ndarray, targets, **options) -> float:
    # e^-700 beside 1 takes 304 digits.
    with mp.workdps(500):
        return float(exact_loss(exactly(logits), targets, **options))


def exact_grad(logits: np.ndarray, targets, **options) -> np.ndarray:
    """Central quotients of the definition, in 500 digits."""
    grad = np.empty(logits.shape)
    with mp.workdps(500):
        step = mpf(10) ** -150
        for i, k in np.ndindex(logits.shape):
            sides = []
            for sign in (1, -1):
                moved = exactly(logits)
                moved[i][k] += sign * step
                sides.append(exact_loss(moved, targets, **options))
            grad[i, k] = float((sides[0] - sides[1]) / (2 * step))
    return grad


@each_option
@each_target
def test_against_the_definition(options: dict, kind: str) -> None:
    loss, targets = CrossEntropy(**options), TARGETS[kind]
    assert loss.loss(LOGITS, targets) == pytest.approx(
        exact_value(LOGITS, targets, **options), rel=1e-15
    )
    # Where p is near t their difference has fewer digits than they.
    np.testing.assert_allclose(
        loss.grad(LOGITS, targets),
        exact_grad(LOGITS, targets, **options),
        rtol=1e-14,
        atol=1e-16,
    )


@each_ignored
def test_ignored_labels_against_the_definition(ignored: int) -> None:
    labels = [0, ignored, 2, 0]
    options = {
        "weight": [0.5, 2.0, 3.0],
        "label_smoothing": 0.1,
        "temperature": 2.0,
        "ignore_index": ignored,
    }
    loss = CrossEntropy(**options)
    assert loss.loss(LOGITS, labels) == pytest.approx(
        exact_value(LOGITS, labels, **options), rel=1e-15
    )
    grad = loss.grad(LOGITS, labels)
    assert grad[1].tolist() == [0, 0, 0]
    np.testing.assert_allclose(
        grad, exact_grad(LOGITS, labels, **options), rtol=1e-14
    )


# PyTorch


def torch_value_and_grad(
    logits: np.ndarray,
    targets: np.ndarray,
    temperature: float = 1.0,
    weight: list[float] | None = None,
    **options,
) -> tuple[float, np.ndarray]:
    """PyTorch has no temperature of its own: it gets z / T."""
    z = torch.tensor(logits, requires_grad=True)
    value = functional.cross_entropy(
        z / temperature,
        torch.tensor(np.asarray(targets)),
        weight=None if weight is None else z.new_tensor(weight),
        **options,
    )
    [grad] = torch.autograd.grad(value, z)
    return value.item(), grad.numpy()


@each_option
@each_target
@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_pytorch_sum(options: dict, kind: str, scale: float) -> None:
    loss, targets = CrossEntropy(**options), TARGETS[kind]
    value, grad = torch_value_and_grad(
        scale * LOGITS, targets, reduction="sum", **options
    )
    n = len(LOGITS)
    assert loss.loss(scale * LOGITS, targets) == pytest.approx(
        value / n, rel=1e-14
    )
    np.testing.assert_allclose(
        loss.grad(scale * LOGITS, targets),
        grad / n,
        rtol=1e-12,
        atol=1e-15,
    )


@each_option
@each_target
def test_pytorch_mean_has_another_divisor(
    options: dict, kind: str
) -> None:
    """The sum of the labels' weights; n for probability rows."""
    loss, targets = CrossEntropy(**options), TARGETS[kind]
    value, grad = torch_value_and_grad(LOGITS, targets, **options)
    factor = 1.0
    if kind == "labels" and options["weight"] is not None:
        factor = len(LABELS) / np.take(options["weight"], LABELS).sum()
    assert factor * loss.loss(LOGITS, targets) == pytest.approx(value)
    np.testing.assert_allclose(
        factor * loss.grad(LOGITS, targets),
        grad,
        rtol=1e-12,
        atol=1e-15,
    )


@each_option
@each_ignored
def test_pytorch_with_ignored_labels(
    options: dict, ignored: int
) -> None:
    labels = np.array([0, ignored, 2, 0])
    options = {**options, "ignore_index": ignored}
    loss = CrossEntropy(**options)
    value, grad = torch_value_and_grad(
        LOGITS, labels, reduction="sum", **options
    )
    assert loss.loss(LOGITS, labels) == pytest.approx(value / 3)
    np.testing.assert_allclose(
        loss.grad(LOGITS, labels), grad / 3, rtol=1e-12, atol=1e-15
    )


def test_pytorch_in_single_precision() -> None:
    logits = LOGITS.astype("float32")
    value, grad = torch_value_and_grad(logits, LABELS)
    assert CrossEntropy().loss(logits, LABELS) == pytest.approx(
        value, rel=1e-6
    )
    ours = CrossEntropy().grad(logits, LABELS)
    assert ours.dtype == grad.dtype == np.float32
    np.testing.assert_allclose(ours, grad, rtol=1e-5, atol=1e-7)


# gradcheck


@each_option
@each_target
def test_gradcheck(options: dict, kind: str) -> None:
    error = gradcheck(CrossEntropy(**options), LOGITS, TARGETS[kind])
    assert error < 1e-8


@each_ignored
def test_gradcheck_with_ignored_labels(ignored: int) -> None:
    loss = CrossEntropy([0.5, 2, 3], 0.1, 2.0, ignore_index=ignored)
    assert gradcheck(loss, LOGITS, [0, ignored, 2, 0]) < 1e-8


@pytest.mark.parametrize("K", [2, 7])
def test_gradcheck_of_random_batches(K: int) -> None:
    random = np.random.default_rng(8)
    logits = random.normal(scale=3, size=(5, K))
    labels = random.integers(K, size=5)
    shares = random.dirichlet(np.ones(K), size=5)
    loss = CrossEntropy(random.uniform(size=K), 0.2, 0.7)
    assert gradcheck(loss, logits, labels) < 1e-8
    assert gradcheck(loss, logits, shares) < 1e-8


# the article's interface


def test_labels_are_one_hot_rows() -> None:
    loss = CrossEntropy([0.5, 2, 3], 0.1, 2.0)
    rows = one_hot(LABELS, 3)
    for same in (rows, rows.astype(int), rows.astype(bool)):
        assert loss.loss(LOGITS, same) == loss.loss(LOGITS, LABELS)
        np.testing.assert_array_equal(
            loss.grad(LOGITS, same), loss.grad(LOGITS, LABELS)
        )


def test_the_plain_gradient_is_softmax_minus_one_hot() -> None:
    np.testing.assert_allclose(
        CrossEntropy().grad(LOGITS, LABELS),
        (softmax(LOGITS) - one_hot(LABELS, 3)) / 4,
        rtol=1e-14,
    )


def test_as_many_rows_as_classes() -> None:
    """The shape tells labels from rows, not the length."""
    square = np.eye(3)
    assert CrossEntropy().loss(
        square, [0, 1, 2]
    ) == CrossEntropy().loss(square, square)


# confident rows


@pytest.mark.parametrize("gap", [1, 17, 37, 40, 100, 700])
@pytest.mark.parametrize("temperature", [1.0, 0.5])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_confident_rows_keep_their_digits(
    gap: float, temperature: float, label: int
) -> None:
    logits = temperature * np.array([[gap, 0.0, -2.0]])
    loss = CrossEntropy(temperature=temperature)
    options = {"temperature": temperature}
    assert loss.loss(logits, [label]) == pytest.approx(
        exact_value(logits, [label], **options), rel=1e-15, abs=0
    )
    # e^-700 is known to 700 times the eps of its exponent.
    np.testing.assert_allclose(
        loss.grad(logits, [label]),
        exact_grad(logits, [label], **options),
        rtol=5e-15,
        atol=0,
    )


def test_pytorch_loses_the_confident_row() -> None:
    logits = np.array([[40.0, 0.0]])
    value, grad = torch_value_and_grad(logits, np.array([0]))
    assert value == 0
    assert grad[0, 0] == 0
    assert CrossEntropy().loss(logits, [0]) == pytest.approx(
        math.exp(-40), rel=1e-15
    )
    assert CrossEntropy().grad(logits, [0])[0, 0] == pytest.approx(
        -math.exp(-40), rel=1e-15
    )


# properties

numbers = st.integers(-(2**13), 2**13).map(lambda k: k / 2**8)
positive = st.floats(0.125, 8)


@st.composite
def batches(
    draw: st.DrawFn, count: int = 1
) -> tuple[CrossEntropy, list[np.ndarray], np.ndarray]:
    """A loss, `count` arrays of logits and targets of either kind."""
    n, K = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    arrays = npst.arrays("float64", (n, K), elements=numbers)
    weights = npst.arrays("float64", K, elements=st.floats(0, 4))
    labels = npst.arrays("int64", n, elements=st.integers(0, K - 1))
    rows = npst.arrays("float64", (n, K), elements=st.floats(0, 1))
    loss = CrossEntropy(
        draw(st.none() | weights), draw(st.floats(0, 1)), draw(positive)
    )
    logits = [draw(arrays) for _ in range(count)]
    return loss, logits, draw(labels | rows)


Batch = tuple[CrossEntropy, list[np.ndarray], np.ndarray]


@given(batches())
def test_never_negative(batch: Batch) -> None:
    loss, [logits], targets = batch
    assert loss.loss(logits, targets) >= 0


@given(batches())
def test_slopes_of_a_row_sum_to_zero(batch: Batch) -> None:
    loss, [logits], targets = batch
    grad = loss.grad(logits, targets)
    # Weights of 4 over a temperature of 1/8 make terms of up to 160.
    assert np.abs(grad.sum(axis=1)).max() < 1e-13


@given(batches(), st.integers(-1000, 1000))
def test_a_shift_of_all_logits_changes_nothing(
    batch: Batch, shift: int
) -> None:
    loss, [logits], targets = batch
    assert loss.loss(logits + shift, targets) == loss.loss(
        logits, targets
    )
    np.testing.assert_array_equal(
        loss.grad(logits + shift, targets), loss.grad(logits, targets)
    )


@given(batches(2), st.sampled_from([0.25, 0.5, 0.75]))
def test_convex_along_a_segment(batch: Batch, share: float) -> None:
    loss, [start, end], targets = batch
    ends = loss.loss(start, targets), loss.loss(end, targets)
    between = loss.loss(share * start + (1 - share) * end, targets)
    chord = share * ends[0] + (1 - share) * ends[1]
    assert between <= chord * (1 + 1e-14) + 1e-300


@given(batches(2))
def test_tangent_lies_below(batch: Batch) -> None:
    loss, [here, there], targets = batch
    rise = loss.grad(here, targets) * (there - here)
    tangent = loss.loss(here, targets) + rise.sum()
    slack = 1e-14 * (loss.loss(here, targets) + np.abs(rise).sum())
    slack += 1e-300
    assert tangent <= loss.loss(there, targets) * (1 + 1e-14) + slack


@given(batches(), st.randoms(use_true_random=False))
def test_order_does_not_matter(batch: Batch, random: Random) -> None:
    loss, [logits], targets = batch
    order = list(range(len(logits)))
    random.shuffle(order)
    assert loss.loss(logits[order], targets[order]) == pytest.approx(
        loss.loss(logits, targets), rel=1e-14
    )
    np.testing.assert_array_equal(
        loss.grad(logits[order], targets[order]),
        loss.grad(logits, targets)[order],
    )


@given(batches())
def test_ignored_rows_might_as_well_not_be_there(batch: Batch) -> None:
    loss, [logits], _ = batch
    loss.ignore_index = -1
    n, K = logits.shape
    labels = np.arange(n) % K
    longer = np.concatenate([logits, np.full((2, K), NAN)])
    marked = np.append(labels, [-1, -1])
    assert loss.loss(longer, marked) == loss.loss(logits, labels)
    grad = loss.grad(longer, marked)
    np.testing.assert_array_equal(grad[:n], loss.grad(logits, labels))
    assert not grad[n:].any()


def test_a_neighbour_of_another_weight_changes_no_gradient() -> None:
    loss = CrossEntropy([1.0, 5.0, 1.0])
    once = loss.grad(LOGITS, [0, 0, 0, 0])
    np.testing.assert_array_equal(
        loss.grad(LOGITS, [0, 1, 1, 1])[0], once[0]
    )


# extremes


@pytest.mark.parametrize(
    ("row", "losses"),
    [
        ([1e4, 0, -1e4], [0, 1e4, 2e4]),
        ([1e38, 1e38, 1e38], [math.log(3)] * 3),
        ([1e38, -1e38, 0], [0, 2e38, 1e38]),
        ([0, 0, -INF], [math.log(2), math.log(2), INF]),
        ([7, -INF, -INF], [0, INF, INF]),
        ([-INF, -INF, -INF], [math.log(3)] * 3),
        ([INF, 5, -INF], [0, INF, INF]),
        ([INF, INF, 5], [math.log(2), math.log(2), INF]),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extreme_logits(
    row: list[float], losses: list[float], dtype: str
) -> None:
    logits = np.array([row], dtype)
    for label, expected in enumerate(losses):
        value = CrossEntropy().loss(logits, [label])
        assert value == pytest.approx(expected, rel=1e-7)
        hot = one_hot([label], 3)
        grad = CrossEntropy().grad(logits, [label])
        np.testing.assert_allclose(
            grad, softmax(logits) - hot, rtol=1e-6, atol=1e-300
        )
        # 0·inf is 0 for a class that weighs nothing.
        weightless = CrossEntropy(1 - hot[0])
        assert weightless.loss(logits, [label]) == 0
        assert not weightless.grad(logits, [label]).any()


def test_extreme_options() -> None:
    sharp = CrossEntropy(temperature=1e-300)
    assert sharp.loss([[1e38, 0.0]], [0]) == 0
    assert sharp.loss([[1e38, 0.0]], [1]) == INF
    steep = CrossEntropy(temperature=1e-310)
    assert steep.grad([[0.0, 0.0]], [0]).tolist() == [[-INF, INF]]
    assert CrossEntropy([1e308, 0]).loss([[0.0, 99.0]], [0]) == INF
    assert CrossEntropy(temperature=1e-300).grad([[1e-300, 0]], [1])[
        0, 0
    ] == pytest.approx(1e300 * softmax([1.0, 0.0])[0])


@pytest.mark.parametrize("rest", [0.0, INF, -INF])
def test_nan_stays_in_its_row(rest: float) -> None:
    logits = [[1.0, 2.0], [NAN, rest]]
    assert math.isnan(CrossEntropy().loss(logits, [0, 1]))
    grad = CrossEntropy().grad(logits, [0, 1])
    assert np.isnan(grad).tolist() == [[False, False], [True, True]]


@pytest.mark.parametrize(("n", "K"), [(1, 2), (3, 50257), (10**5, 2)])
def test_sizes(n: int, K: int) -> None:
    random = np.random.default_rng(9)
    logits = random.normal(scale=5, size=(n, K))
    labels = random.integers(K, size=n)
    value, grad = torch_value_and_grad(logits, labels)
    loss = CrossEntropy()
    assert loss.loss(logits, labels) == pytest.approx(value, rel=1e-13)
    np.testing.assert_allclose(
        loss.grad(logits, labels), grad, rtol=1e-12, atol=1e-15 / n
    )


# arrays


def test_returns_a_plain_float_and_an_array() -> None:
    assert type(CrossEntropy().loss(LOGITS, LABELS)) is float
    assert type(CrossEntropy().grad(LOGITS, LABELS)) is np.ndarray


@pytest.mark.parametrize("dtype", ["float16", "float32", "longdouble"])
def test_the_gradient_has_the_dtype_of_the_logits(dtype: str) -> None:
    logits = (4 * LOGITS).round().astype(dtype)
    doubles = logits.astype("float64")
    grad = CrossEntropy().grad(logits, LABELS)
    assert grad.dtype == dtype
    np.testing.assert_array_equal(
        grad, CrossEntropy().grad(doubles, LABELS).astype(dtype)
    )
    assert CrossEntropy().loss(logits, LABELS) == CrossEntropy().loss(
        doubles, LABELS
    )


@pytest.mark.parametrize("dtype", ["int8", "uint8", "uint64", "int64"])
def test_every_kind_of_integer(dtype: str) -> None:
    loss = CrossEntropy(ignore_index=-100)
    labels = LABELS.astype(dtype)
    assert loss.loss(LOGITS, labels) == loss.loss(LOGITS, LABELS)
    logits = np.array([[3, 1, 0]], dtype)
    expected = loss.grad([[3.0, 1.0, 0.0]], [1])
    np.testing.assert_array_equal(loss.grad(logits, [1]), expected)


@pytest.mark.parametrize(
    "view",
    [
        lambda a: np.asfortranarray(a),
        lambda a: np.repeat(a, 3, axis=-1)[..., ::3],
        lambda a: a[::-1].copy()[::-1],
        lambda a: a.tolist(),
    ],
    ids=["fortran", "strided", "reversed", "list"],
)
@each_target
def test_views(view: Callable, kind: str) -> None:
    loss, targets = CrossEntropy([1, 2, 3]), TARGETS[kind]
    assert loss.loss(view(LOGITS), view(targets)) == pytest.approx(
        loss.loss(LOGITS, targets), rel=1e-15
    )
    np.testing.assert_allclose(
        loss.grad(view(LOGITS), view(targets)),
        loss.grad(LOGITS, targets),
        rtol=1e-15,
    )


@each_target
def test_inputs_are_left_alone(kind: str) -> None:
    inputs = [LOGITS, TARGETS[kind], np.array([1.0, 2.0, 3.0])]
    logits, targets, weight = copies = [a.copy() for a in inputs]
    for array in copies:
        array.flags.writeable = False
    loss = CrossEntropy(weight, 0.1, 2.0)
    loss.loss(logits, targets)
    loss.grad(logits, targets)[:] = 7
    for array, before in zip(copies, inputs, strict=True):
        np.testing.assert_array_equal(array, before)


# what is refused


@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize(
    ("logits", "targets", "complaint"),
    [
        (LOGITS, [0, 1, 3, 4], r"label 3 \(int64\) at index \(2,\)"),
        (LOGITS, [0, -1, 2, 2], r"label -1 \(int64\) at index \(1,\)"),
        (LOGITS, [0.0, 1.0, 2.0, 0.0], r"label 0.0 \(float64\)"),
        (LOGITS, [True, False, True, True], r"label True \(bool\)"),
        (LOGITS, SHARES - 0.25, r"targets\[0, 0\] is -0.04"),
        (
            LOGITS,
            np.where(SHARES == 0.5, INF, SHARES),
            r"targets\[0, 2\] is inf",
        ),
        (LOGITS, SHARES * NAN, r"targets\[0, 0\] is nan"),
        (
            LOGITS,
            np.full((4, 3), 1e308),
            r"the sum of targets\[0\] is inf, more than",
        ),
        (LOGITS, [0, 1, 2], r"targets have shape \(3,\).*\(4,\)"),
        (LOGITS, [[0], [1], [2], [0]], r"shape \(4, 1\).* \(4, 3\)"),
        (LOGITS, SHARES.T, r"targets have shape \(3, 4\)"),
        (LOGITS, 1, r"targets have shape \(\)"),
        (np.zeros((2, 5, 3)), [0, 1], r"\(2, 5, 3\).*reshape\(-1, K\)"),
        (np.zeros(3), [0], r"shape \(3,\).*reshape\(1, -1\)"),
        (np.zeros((4, 1)), [0, 0, 0, 0], r"\(4, 1\).*K >= 2"),
        (np.zeros((0, 3)), [], r"empty batch.*\(0, 3\)"),
        (np.zeros((3, 0)), [0, 0, 0], r"empty batch.*\(3, 0\)"),
    ],
)
def test_bad_input(
    method: str, logits: np.ndarray, targets: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        getattr(CrossEntropy(), method)(logits, targets)


@pytest.mark.parametrize("method", ["loss", "grad"])
def test_bad_input_with_options(method: str) -> None:
    ignoring = getattr(CrossEntropy(ignore_index=-1), method)
    with pytest.raises(
        ValueError, match=r"all 4 rows are ignored.* -1"
    ):
        ignoring(LOGITS, [-1] * 4)
    with pytest.raises(ValueError, match="ignore_index is for labels"):
        ignoring(LOGITS, SHARES)
    with pytest.raises(ValueError, match=r"label True \(bool\)"):
        ignoring(LOGITS, [True, True, False, True])
    # The index is that of the whole batch.
    with pytest.raises(ValueError, match=r"label 5 .* index \(2,\)"):
        ignoring(LOGITS, [-1, 0, 5, 0])
    for weight in ([1.0, 2.0], [1.0] * 4, 2.0, [[1.0, 1.0, 1.0]]):
        with pytest.raises(ValueError, match="weight has shape"):
            getattr(CrossEntropy(weight), method)(LOGITS, LABELS)


@pytest.mark.parametrize("value", [-0.1, 1.1, NAN, INF])
def test_label_smoothing_is_a_share(value: float) -> None:
    with pytest.raises(ValueError, match=f"label_smoothing .*{value}"):
        CrossEntropy(label_smoothing=value)


@pytest.mark.parametrize("value", [0, -1.0, NAN, INF])
def test_temperature_is_positive(value: float) -> None:
    with pytest.raises(ValueError, match=f"temperature .*{value}"):
        CrossEntropy(temperature=value)


@pytest.mark.parametrize("value", [-1.0, NAN, INF])
def test_weights_are_not_negative(value: float) -> None:
    with pytest.raises(ValueError, match=rf"weight\[1\] is {value}"):
        CrossEntropy([1.0, value])


@pytest.mark.parametrize("method", ["loss", "grad"])
@pytest.mark.parametrize("bad", [1j, "1", None])
def test_only_real_numbers(method: str, bad: object) -> None:
    call = getattr(CrossEntropy(), method)
    with pytest.raises(TypeError, match="predictions must be real"):
        call([[bad, bad]], [0])
    with pytest.raises(TypeError, match="targets must be real"):
        call([[1.0, 2.0]], [[bad, bad]])
    with pytest.raises(TypeError, match="weight must be real"):
        CrossEntropy([bad])
