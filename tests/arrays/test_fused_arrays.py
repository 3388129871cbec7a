"""What goes into the fused functions, what comes out, what is refused."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from floors import PAIRS

from lossbook import fused
from lossbook.fused import batch
from lossbook.fused import softmax as kernels
from lossbook.numerics import softmax

CASES = [*PAIRS, "ce-labels"]
each_case = pytest.mark.parametrize("case", CASES)
each_loss = pytest.mark.parametrize("name", PAIRS)


@pytest.fixture(params=["own precision", "float64"])
def precision(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small batches are computed in float64, unless SMALL is 0."""
    if request.param == "own precision":
        monkeypatch.setattr(batch, "SMALL", 0)


both = pytest.mark.usefixtures("precision")


def call(case: str) -> Callable[..., tuple[float, np.ndarray]]:
    return PAIRS[case.removesuffix("-labels")].fused


def ordinary(
    case: str, n: int = 6, K: int = 3, dtype: str = "float32"
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    predictions = random.normal(size=(n, K)).astype(dtype)
    if case == "ce-labels":
        return predictions, random.integers(K, size=n)
    # Good as shares, as probabilities and as numbers.
    return predictions, softmax(random.normal(size=(n, K))).astype(
        dtype
    )


# out


@both
@each_case
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_out_is_filled_and_returned(case: str, dtype: str) -> None:
    predictions, targets = ordinary(case, dtype=dtype)
    value, grad = call(case)(predictions, targets)
    out = np.full_like(predictions, 7)
    again, found = call(case)(predictions, targets, out=out)
    assert found is out
    assert again == value
    np.testing.assert_array_equal(out, grad)
    assert not np.may_share_memory(grad, predictions)


@both
@each_case
@pytest.mark.parametrize(
    "empty",
    [
        lambda n, K: np.empty((n, 2 * K), "float32")[:, ::2],
        lambda n, K: np.empty((n, K), "float32", order="F"),
        lambda n, K: np.empty((n, K), "float32")[::-1],
        lambda n, K: np.empty((2 * n, K + 1), "float32")[::2, 1:],
    ],
    ids=["strided", "fortran", "reversed", "corner"],
)
@pytest.mark.parametrize("n", [6, 7000])
def test_strided_out(case: str, empty: Callable, n: int) -> None:
    predictions, targets = ordinary(case, n)
    value, grad = call(case)(predictions, targets)
    out = empty(*predictions.shape)
    around = out.base if out.base is not None else out
    around[:] = 7
    again, found = call(case)(predictions, targets, out=out)
    assert found is out
    assert again == pytest.approx(value, rel=3e-7)
    np.testing.assert_allclose(out, grad, rtol=1e-5, atol=1e-9)
    out[:] = 7
    assert (around == 7).all()


@both
@each_case
@pytest.mark.parametrize(
    ("out", "error", "complaint"),
    [
        (
            np.empty((6, 4), "float32"),
            ValueError,
            r"\(6, 4\).*\(6, 3\)",
        ),
        (np.empty((6, 3)), ValueError, "float64.*float32"),
        (np.empty((6, 3), ">f4"), ValueError, ">f4.*float32"),
        (np.empty(18, "float32"), ValueError, r"\(18,\)"),
        ([[0.0] * 3] * 6, TypeError, "out must be an array, not list"),
        (
            np.broadcast_to(np.float32(0), (6, 3)),
            ValueError,
            "out is read-only",
        ),
    ],
)
def test_out_is_refused(
    case: str, out: object, error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint):
        call(case)(*ordinary(case), out=out)


@both
@each_case
def test_out_must_not_overlap_the_predictions(case: str) -> None:
    both = np.zeros((7, 3), "float32")
    predictions, targets = ordinary(case)
    both[1:] = predictions
    for out in (both[1:], both[:-1]):
        with pytest.raises(ValueError, match="memory with predictions"):
            call(case)(both[1:], targets, out=out)
    np.testing.assert_array_equal(both[1:], predictions)


@both
@each_loss
def test_out_must_not_overlap_the_targets(name: str) -> None:
    both = np.zeros((7, 3), "float32")
    predictions, targets = ordinary(name)
    both[1:] = targets
    for out in (both[1:], both[:-1]):
        with pytest.raises(ValueError, match="memory with targets"):
            call(name)(predictions, both[1:], out=out)
    np.testing.assert_array_equal(both[1:], targets)


# inputs


@both
@each_case
def test_inputs_are_left_alone(case: str) -> None:
    inputs = ordinary(case)
    copies = [array.copy() for array in inputs]
    for array in copies:
        array.flags.writeable = False
    _, grad = call(case)(*copies)
    grad[:] = 7
    for copy, before in zip(copies, inputs, strict=True):
        np.testing.assert_array_equal(copy, before)


@both
@each_case
@pytest.mark.parametrize("threads", [1, 2])
def test_silent_where_numpy_would_raise(
    case: str, threads: int
) -> None:
    predictions, targets = ordinary(case)
    predictions[0, 0] = 1e38
    predictions[1, :] = -1e38
    predictions[2, 0] = np.inf
    predictions[3, 0] = np.nan
    predictions[4, 0] = 1e-45
    with np.errstate(all="raise"):
        call(case)(predictions, targets, threads=threads)


# memory


def peak_memory(case: str, *arrays: np.ndarray, **options) -> int:
    out = np.empty_like(arrays[0])
    tracemalloc.start()
    try:
        call(case)(*arrays, out=out, **options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def large(
    case: str, shape: tuple[int, int], dtype: str, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(6)
    predictions = random.standard_normal(shape, dtype)
    predictions *= scale
    if case == "ce-labels":
        return predictions, random.integers(shape[1], size=shape[0])
    targets = random.random(shape, dtype)
    if PAIRS[case].rows:
        targets /= targets.sum(axis=1, keepdims=True)
    return predictions, targets


@each_case
# Beyond 60, exp needs the peak subtracted first.
@pytest.mark.parametrize("scale", [3, 100])
@pytest.mark.parametrize(
    "shape",
    [(4096, 1000), (256, 50_257), (50_000, 30), (500_000, 2)],
)
def test_memory_with_out(
    case: str, shape: tuple[int, int], scale: float
) -> None:
    arrays = large(case, shape, "float32", scale)
    assert peak_memory(case, *arrays) <= 10**6


@each_case
@pytest.mark.parametrize("shape", [(4096, 1000), (500_000, 2)])
def test_memory_with_out_in_float64(
    case: str, shape: tuple[int, int]
) -> None:
    arrays = large(case, shape, "float64", 3)
    assert peak_memory(case, *arrays) <= 10**6


@each_case
def test_memory_of_threads(case: str) -> None:
    """Each of them has arrays of its own."""
    arrays = large(case, (1000, 1000), "float32", 3)
    assert peak_memory(case, *arrays, threads=2) <= 2 * 10**6


def test_memory_of_options() -> None:
    for shape in [(4096, 1000), (500_000, 2)]:
        arrays = large("ce-labels", shape, "float32", 3)
        for options in ({"ignore_index": 0}, {"label_smoothing": 0.1}):
            assert peak_memory("ce", *arrays, **options) <= 10**6


@pytest.mark.parametrize("case", ["ce-labels", "kl"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_memory_of_copies(case: str, dtype: str) -> None:
    """Blocks of another order are copied, in and out."""
    logits, targets = large(case, (4096, 1000), dtype, 3)
    assert (
        peak_memory(case, np.asfortranarray(logits), targets) <= 10**6
    )


def hard_for_float32(
    case: str, shape: tuple[int, int], dtype: str
) -> tuple[np.ndarray, np.ndarray]:
    """Sure of large logits, or near the teacher."""
    random = np.random.default_rng(6)
    logits = random.normal(0, 2, shape)
    if case == "kl":
        near = logits + random.normal(0, 0.01, shape)
        return logits.astype(dtype), softmax(near).astype(dtype)
    labels = random.integers(shape[1], size=shape[0])
    logits[np.arange(len(labels)), labels] = 70
    return logits.astype(dtype), labels


each_hard_case = pytest.mark.parametrize("case", ["ce-labels", "kl"])


@each_hard_case
@pytest.mark.parametrize("shape", [(4096, 1000), (500_000, 2)])
def test_memory_of_rows_done_again(
    case: str, shape: tuple[int, int]
) -> None:
    arrays = hard_for_float32(case, shape, "float32")
    assert peak_memory(case, *arrays) <= 10**6


@each_hard_case
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_float64_spares_them_the_plain_class(
    case: str, dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which takes several times as long."""
    slow: list[int] = []

    def by_plain_class(
        _plain, _logits, _targets, _grad, rows, _n
    ) -> float:
        slow.extend(rows)
        return 0.0

    monkeypatch.setattr(kernels, "by_plain_class", by_plain_class)
    call(case)(*hard_for_float32(case, (300, 100), dtype))
    assert not slow


# what is refused, in the words of the plain class


def complaint(function: Callable, *arguments, **options) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments, **options)
    return f"{type(caught.value).__name__}: {caught.value}"


def same_complaint(
    name: str, predictions: object, targets: object, **options
) -> None:
    pair = PAIRS[name]
    expected = complaint(
        lambda: pair.plain(**options).grad(predictions, targets)
    )
    for threads in (1, 2):
        assert expected == complaint(
            pair.fused, predictions, targets, threads=threads, **options
        )


ONES = np.ones((4, 3))
EVERYWHERE = [
    (ONES, np.ones((4, 2))),
    (ONES, np.ones((3, 3))),
    (ONES, np.ones((4, 1))),
    (ONES, 1.0),
    (1.0, 1.0),
    (np.ones((0, 3)), np.ones((0, 3))),
    (np.ones((3, 0)), np.ones((3, 0))),
    ([["1", "2"]], [[0, 1]]),
    ([[1j, 2]], [[0, 1]]),
    ([[None, None]], [[0, 1]]),
    ([[1.0, 2.0]], [["0", "1"]]),
    ([[1.0, 2.0]], [[1j, 0]]),
    ([[1.0, 2.0]], [[None, 1]]),
    (np.ones((1, 2), "timedelta64[s]"), np.ones((1, 2))),
]


@each_loss
@pytest.mark.parametrize(
    "bad", EVERYWHERE, ids=lambda bad: str(bad)[:40]
)
def test_bad_arrays(name: str, bad: tuple[object, object]) -> None:
    same_complaint(name, *bad)


@each_loss
def test_one_dimension(name: str) -> None:
    if PAIRS[name].rows:
        same_complaint(name, [1.0, 2.0], [0.5, 0.5])
        same_complaint(name, np.ones((2, 2, 2)), np.ones((2, 2, 2)))
        same_complaint(name, np.ones((4, 1)), np.ones((4, 1)))
    else:
        same_complaint(name, [1.0, 2.0], [[1.0], [2.0]])
        same_complaint(name, [], [])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("shape", [(5,), (4, 3), (20_000, 2)])
def test_bad_binary_targets(
    bad: float, shape: tuple[int, ...], dtype: str
) -> None:
    targets = np.full(shape, 0.5, dtype)
    targets[-2:] = bad
    same_complaint("bce", np.zeros(shape, dtype), targets)
    same_complaint("bce", np.zeros((2, 2)), [[0, 1], [2, -3]])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("bad", [-0.1, np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("n", [4, 20_000])
def test_bad_target_rows(bad: float, n: int, dtype: str) -> None:
    targets = np.full((n, 2), 0.5, dtype)
    targets[-2:] = bad
    for name in ("ce", "kl"):
        same_complaint(name, np.zeros((n, 2), dtype), targets)
    targets = np.full((n, 2), 0.5, dtype)
    targets[-2, 1] = 0.7
    same_complaint("kl", np.zeros((n, 2), dtype), targets)
    # A negative number is named before an earlier row with a wrong sum.
    targets[-1, 0] = -1
    same_complaint("kl", np.zeros((n, 2), dtype), targets)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_bad_sums_to_the_last_digit(dtype: str) -> None:
    logits = np.zeros((2, 9000), dtype)
    targets = np.full(logits.shape, 1e-8, dtype)
    same_complaint("kl", logits, targets)
    swapped = targets.dtype.newbyteorder()
    same_complaint("kl", logits, targets.astype(swapped))
    targets = np.full(logits.shape, 1e308)
    for name in ("ce", "kl"):
        same_complaint(name, logits, targets)


@pytest.mark.parametrize("n", [4, 20_000])
@pytest.mark.parametrize("K", [2, 3])
def test_bad_labels(n: int, K: int) -> None:
    logits = np.zeros((n, K))
    for dtype, label in [
        ("int64", K),
        ("int8", -1),
        ("uint8", 255),
        ("uint64", 2**64 - 1),
        ("float64", 1),
        ("float64", np.nan),
        ("bool", True),
        ("<U1", "a"),
        ("object", None),
    ]:
        labels = np.zeros(n, dtype)
        labels[-2:] = label
        same_complaint("ce", logits, labels)
        same_complaint("ce", logits, labels, ignore_index=1)
        same_complaint("ce", logits, labels[1:])


def test_bad_options() -> None:
    same_complaint("ce", ONES, [7] * 4, ignore_index=7)
    same_complaint("ce", ONES, [7.0] * 4, ignore_index=7)
    same_complaint("ce", ONES, ONES, ignore_index=7)
    for smoothing in (-0.1, 1.1, np.nan):
        same_complaint("ce", ONES, [0] * 4, label_smoothing=smoothing)
    for delta in (0, -1, np.nan, np.inf):
        same_complaint("huber", ONES, ONES, delta=delta)


@each_case
def test_threads_are_at_least_one(case: str) -> None:
    for threads in (0, -1):
        assert complaint(
            call(case), *ordinary(case), threads=threads
        ) == (f"ValueError: threads must be at least 1, not {threads}")


@each_case
@pytest.mark.skipif(
    np.finfo(np.longdouble).bits == 64,
    reason="longdouble is float64 on this machine",
)
def test_no_precision_beyond_float64(case: str) -> None:
    predictions, targets = ordinary(case, dtype="longdouble")
    assert "not float" in complaint(call(case), predictions, targets)
    if case != "ce-labels":
        assert "in float32 or float64, not" in complaint(
            call(case), predictions.astype("float64"), targets
        )


def test_the_floor_has_all_its_functions() -> None:
    functions = {pair.fused.__name__ for pair in PAIRS.values()}
    assert functions == set(fused.__all__)
