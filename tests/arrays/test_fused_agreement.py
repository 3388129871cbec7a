"""The fused functions against the plain classes, on every stress case.

Small batches are computed in float64, so each case also runs with SMALL = 0,
which sends it through the kernels of its own dtype. The tolerances stand in
tests/floors.py.
"""

import math
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from floors import PAIRS, agree

from lossbook.fused import batch, elementwise, softmax
from lossbook.numerics import softmax as shares_of

INF, NAN = math.inf, math.nan

ELEMENTWISE = ["mse", "mae", "huber"]
DTYPES = ["float16", "float32", "float64"]
each_dtype = pytest.mark.parametrize("dtype", DTYPES)
each_loss = pytest.mark.parametrize("name", PAIRS)


@pytest.fixture(params=["own precision", "float64"])
def precision(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if request.param == "own precision":
        monkeypatch.setattr(batch, "SMALL", 0)


both = pytest.mark.usefixtures("precision")


@pytest.fixture
def own_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "SMALL", 0)


def cast(values: object, dtype: str) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.array(values).astype(dtype)


def ordinary(
    name: str, shape: tuple[int, ...], dtype: str = "float64"
) -> tuple[np.ndarray, np.ndarray]:
    """Predictions and targets as training meets them."""
    random = np.random.default_rng(7)
    if not PAIRS[name].rows:
        targets = random.normal(size=shape)
        if name == "bce":
            targets = random.choice([0, 1, 0.25, 0.9], size=shape)
        return random.normal(size=shape).astype(dtype), targets.astype(
            dtype
        )
    logits = random.normal(scale=3, size=shape).astype(dtype)
    rows = shares_of(random.normal(scale=2, size=shape))
    return logits, rows.astype(dtype)


def labels_of(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(8).integers(shape[1], size=shape[0])


# shapes and dtypes


@both
@each_dtype
@pytest.mark.parametrize("name", [*ELEMENTWISE, "bce"])
@pytest.mark.parametrize(
    "shape", [(1,), (7,), (7, 1), (5, 3), (2, 3, 4), (513,), (100_000,)]
)
def test_elementwise(
    name: str, shape: tuple[int, ...], dtype: str
) -> None:
    agree(name, *ordinary(name, shape, dtype))


@both
@each_dtype
@pytest.mark.parametrize(
    "shape", [(1, 2), (5, 3), (300, 200), (3, 50_257), (100_000, 2)]
)
def test_rows(shape: tuple[int, ...], dtype: str) -> None:
    logits, rows = ordinary("ce", shape, dtype)
    labels = labels_of(shape)
    agree("kl", logits, rows)
    agree("ce", logits, rows)
    agree("ce", logits, 3 * rows, label_smoothing=0.1)
    agree("ce", logits, labels)
    agree("ce", logits, labels, label_smoothing=0.1)
    if (labels != labels[-1]).any():
        agree("ce", logits, labels, ignore_index=int(labels[-1]))


@both
def test_one_hot_rows() -> None:
    logits, _ = ordinary("ce", (50, 4), "float32")
    hot = np.eye(4)[labels_of((50, 4))]
    for dtype in ("bool", "int64", "float32"):
        for scale in (1, 30, 300):
            agree("ce", scale * logits, hot.astype(dtype))
            agree("kl", scale * logits, hot.astype(dtype))


@both
@each_loss
@pytest.mark.parametrize("other", ["float16", "float32", "float64"])
@each_dtype
def test_mixed_dtypes(name: str, dtype: str, other: str) -> None:
    predictions, targets = ordinary(name, (6, 3))
    agree(name, predictions.astype(dtype), targets.astype(other))


@both
@each_loss
@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "uint64"])
def test_integers(name: str, dtype: str) -> None:
    # 0 - 1 is 255 in uint8.
    predictions = np.array([[0, 1], [1, 0], [0, 0]], dtype)
    targets = np.array([[1, 0], [1, 0], [0, 1]], dtype)
    agree(name, predictions, targets)


@both
@pytest.mark.parametrize("dtype", ["int8", "uint8", "uint64", ">i4"])
def test_every_kind_of_label(dtype: str) -> None:
    logits, _ = ordinary("ce", (5, 3))
    labels = np.array([0, 2, 1, 1, 0], dtype)
    agree("ce", logits, labels)
    agree("ce", logits, labels, ignore_index=1)
    agree("ce", logits, labels, ignore_index=-100)


@both
@each_loss
def test_bytes_in_the_other_order(name: str) -> None:
    predictions, targets = ordinary(name, (6, 3), "float32")
    agree(name, predictions.astype(">f4"), targets.astype(">f4"))


# magnitudes and specials

NUMBERS = [0.0, 1.0, 0.3, 1e-9, 1e-20, 1e-38, 1e-45, 5e-324]
NUMBERS += [65504.0, 1e4, 1e19, 1e38, 3e38, 1e200, 1e308, INF]
NUMBERS += [-number for number in NUMBERS]
NUMBERS += [NAN]
OTHERS = [0.0, 0.3, -1.0, 1e-45, 1e19, -3e38, 1e308, INF, -INF, NAN]


@both
@each_dtype
@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("prediction", NUMBERS)
def test_every_magnitude(
    name: str, prediction: float, dtype: str
) -> None:
    options = [{}]
    if name == "huber":
        options += [{"delta": 1e-40}, {"delta": 1e30}, {"delta": 1e300}]
    for target, n, option in product(OTHERS, (1, 3), options):
        predictions = cast([prediction] * n, dtype)
        agree(name, predictions, cast([target] * n, dtype), **option)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_many_subnormal_residuals(name: str) -> None:
    agree(name, np.zeros((3, 6000)), np.full((3, 6000), 2.2e-309))


@both
@each_dtype
def test_every_magnitude_of_a_logit(dtype: str) -> None:
    shares = [0, 1, 0.5, 0.25, 1e-9, 1 - 6e-8, 1e-40]
    for logit, share, n in product([*NUMBERS, 17, -90], shares, (1, 3)):
        agree("bce", cast([logit] * n, dtype), cast([share] * n, dtype))


ROWS = [
    [1e4, 0, -1e4],
    [1e38, 1e38, 1e38],
    [1e38, -1e38, 0],
    [1e15, 1e15, 1e15],
    [1e15, 1e15, 0],
    [1e10, 1e10, -1e4],
    [500.1, 499, 100],
    [88, 87, 88],
    [60, 59, 0],
    [-60, -61, -62],
    [40, 0, 0],
    [0, -7, -7.5],
    [5e-324, 1e-45, -1e-45],
    [0, 0, -INF],
    [7, -INF, -INF],
    [-INF, -INF, -INF],
    [INF, 5, -INF],
    [INF, INF, 5],
    [NAN, 0, 1],
]
TARGET_ROWS = [
    [0.2, 0.3, 0.5],
    [0.5, 0.5, 0],
    [1e-30, 1, 0],
    [0, 1, 0],
]
# Cross-entropy takes rows that do not sum to 1.
MEASURES = [
    [2, 3, 0.5],
    [0, 0, 0],
    [1e-30, 0, 1e-30],
    [1e-40, 0, 2e-40],
    [1e38, 1e38, 1e38],
]
each_row = pytest.mark.parametrize("row", ROWS, ids=str)
each_smoothing = pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])


def batch_with(row: list[float], dtype: str) -> np.ndarray:
    return cast([row, row, [0.1, 0.2, 0.3]], dtype)


@both
@each_row
@each_dtype
@each_smoothing
def test_extreme_logits_with_labels(
    row: list[float], dtype: str, smoothing: float
) -> None:
    logits = batch_with(row, dtype)
    for label in range(3):
        agree(
            "ce", logits, [label, label, 1], label_smoothing=smoothing
        )
        # Whatever stands in a row that is ignored.
        agree(
            "ce",
            logits,
            [2, label, 1],
            label_smoothing=smoothing,
            ignore_index=2,
        )


@both
@each_row
@each_dtype
@each_smoothing
def test_extreme_logits_with_rows(
    row: list[float], dtype: str, smoothing: float
) -> None:
    logits = batch_with(row, dtype)
    for shares in TARGET_ROWS + MEASURES:
        targets = cast([shares] * 3, dtype)
        if np.isfinite(targets).all():
            agree("ce", logits, targets, label_smoothing=smoothing)
    for shares in TARGET_ROWS:
        agree("kl", logits, cast([shares] * 3, dtype))


@pytest.mark.usefixtures("own_precision")
def test_labels_between_large_logits() -> None:
    """log(total) - z of the label was 11 eps off here."""
    agree("ce", [[24.0, 0.0, 24.0]], [0])


@pytest.mark.usefixtures("own_precision")
@pytest.mark.parametrize("offset", range(20, 57, 4))
def test_rows_between_large_logits(offset: int) -> None:
    """log(total), rounded as a whole, was up to 11 eps off here."""
    random = np.random.default_rng(9)
    for _ in range(30):
        logits = random.normal(offset, 2, (2, 3))
        agree("ce", logits, shares_of(random.normal(0, 3, (2, 3))))


@pytest.mark.usefixtures("own_precision")
def test_slopes_that_vanish() -> None:
    """p - 1/K of equal logits, whose sum rounds alike 300 times."""
    rows = np.zeros((3, 300))
    agree("ce", np.full((3, 300), 2.0), rows, label_smoothing=1.0)


@pytest.mark.usefixtures("own_precision")
def test_small_targets_beside_large_logits() -> None:
    """1e-20 / (Σ exp · n) is no float32, its product with exp is."""
    logits = np.full((8, 3), 55, "float32")
    agree("ce", logits, np.full((8, 3), 1e-20, "float32"))


@pytest.mark.usefixtures("own_precision")
def test_logits_whose_sum_overflows() -> None:
    """Smoothed labels need their mean, which does not."""
    logits = np.tile([0.0, 4e304], (2, 4500))
    agree("ce", logits, [0, 0], label_smoothing=0.1)


@pytest.mark.usefixtures("own_precision")
def test_large_targets_beside_small_logits() -> None:
    """5e37 / Σ exp is no float32, its product with exp is."""
    logits = np.full((1, 50), -9, "float32")
    agree("ce", logits, np.full((1, 50), 1e36, "float32"))


@pytest.mark.usefixtures("own_precision")
def test_targets_of_few_digits() -> None:
    """1e-41 has four of them, and so would its product with -log p."""
    logits = np.full((1, 50), -8.5, "float32")
    agree("ce", logits, np.full((1, 50), 1e-41, "float32"))


# batches whose terms are alike: their rounding errors do not average out


@each_loss
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_terms_that_are_all_alike(name: str, dtype: str) -> None:
    """As in the first step of a training, when every logit is 0."""
    random = np.random.default_rng(4)
    for _ in range(20):
        prediction, target = random.uniform(0, 3, 2)
        predictions = np.full((2**15, 2), prediction, dtype)
        targets = np.full((2**15, 2), 0.5, dtype)
        if not PAIRS[name].rows and name != "bce":
            targets[:] = target
        predictions[:, 1] = random.uniform(0, 3)
        agree(name, predictions, targets)
        if name == "ce":
            agree(name, predictions, np.zeros(2**15, int))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("K", [1000, 50_257])
def test_classes_that_are_all_alike(dtype: str, K: int) -> None:
    random = np.random.default_rng(4)
    for _ in range(5):
        logits = np.full(
            (20_000 // K + 1, K), random.uniform(0, 3), dtype
        )
        rows = np.full(logits.shape, 1 / K, dtype)
        labels = np.zeros(len(logits), int)
        for order in ("C", "F"):
            logits, rows = (
                np.array(logits, order=order),
                np.array(rows, order=order),
            )
            agree("ce", logits, rows)
            agree("kl", logits, rows)
            agree("ce", logits, labels)


# blocks and threads


@each_loss
@pytest.mark.parametrize("threads", [1, 2, 3, 1000])
@pytest.mark.parametrize("n", [1, 7, 5000])
def test_threads(name: str, threads: int, n: int) -> None:
    predictions, targets = ordinary(name, (n, 5), "float32")
    agree(name, predictions, targets, threads=threads)
    if name == "ce":
        labels = labels_of((n, 5))
        agree(name, predictions, labels, threads=threads)


@pytest.fixture(params=[1, 8, 4096])
def block(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of so many elements or, with logits, rows."""
    size = request.param
    monkeypatch.setattr(elementwise, "BLOCK_BYTES", 4 * size)
    monkeypatch.setattr(softmax, "MOST_ROWS", size)
    monkeypatch.setattr(batch, "SMALL", 0)


@each_loss
@pytest.mark.usefixtures("block")
def test_blocks(name: str) -> None:
    predictions, targets = ordinary(name, (61, 5), "float32")
    agree(name, predictions, targets)
    if name == "ce":
        labels = labels_of((61, 5))
        agree(name, predictions, labels)
        # Blocks of which some or all rows are ignored.
        labels = np.sort(labels)
        agree(name, predictions, labels, ignore_index=0)


@each_loss
@pytest.mark.usefixtures("own_precision")
@pytest.mark.parametrize(
    "view",
    [
        lambda a: np.asfortranarray(a),
        lambda a: np.repeat(a, 3, axis=1)[:, ::3],
        lambda a: a[::-1].copy()[::-1],
        lambda a: np.broadcast_to(a, (1, *a.shape))[0],
        lambda a: a.tolist(),
    ],
    ids=["fortran", "strided", "reversed", "broadcast", "list"],
)
@pytest.mark.parametrize("n", [4, 9000])
def test_views(name: str, view: Callable, n: int) -> None:
    predictions, targets = ordinary(name, (n, 3))
    agree(name, view(predictions), targets)
    agree(name, predictions, view(targets))
    if name == "ce":
        agree(
            name,
            view(predictions),
            np.repeat(labels_of((n, 3)), 2)[::2],
        )
