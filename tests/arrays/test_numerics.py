"""The toolbox against mpmath at 50 digits, and in the limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from mpmath import mp, mpf

from lossbook.numerics import (
    log_softmax,
    logsumexp,
    one_hot,
    sigmoid,
    softmax,
)

mp.dps = 50
INF, NAN = math.inf, math.nan

logits = npst.arrays(
    st.sampled_from(["float32", "float64"]),
    st.integers(1, 6),
    elements=st.floats(-(2.0**10), 2.0**10, width=32),
)
finite = npst.arrays(
    "float64",
    st.integers(1, 6),
    elements=st.floats(allow_nan=False, allow_infinity=False),
)


def exact(x: np.ndarray) -> list[mpf]:
    return [mpf(float(value)) for value in x]


def exact_logsumexp(x: np.ndarray) -> mpf:
    return mp.log(mp.fsum(mp.exp(value) for value in exact(x)))


# sigmoid


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_sigmoid(dtype: str) -> None:
    eps, tiny = float(np.finfo(dtype).eps), float(np.finfo(dtype).tiny)
    x = np.array([0, 1e-3, 0.3, 1, 5, 9, 17, 37, 80, 700, 6e4], dtype)
    for value in [*x, *-x]:
        expected = float(1 / (1 + mp.exp(-mpf(float(value)))))
        assert sigmoid(value).dtype == dtype
        # Relative precision on the left tail too, down to subnormal numbers.
        assert float(sigmoid(value)) == pytest.approx(
            expected, rel=4 * eps, abs=tiny
        )


def test_sigmoid_in_the_limit() -> None:
    assert sigmoid([-INF, -1e308, 1e308, INF]).tolist() == [0, 0, 1, 1]
    assert math.isnan(sigmoid(NAN))


# softmax, log_softmax, logsumexp


@given(logits)
def test_against_the_definitions(x: np.ndarray) -> None:
    eps = float(np.finfo(x.dtype).eps)
    total = exact_logsumexp(x)
    span = float(np.ptp(x))

    assert float(logsumexp(x)) == pytest.approx(
        float(total), rel=eps, abs=2 * eps
    )

    logs = [float(value - total) for value in exact(x)]
    np.testing.assert_allclose(
        log_softmax(x), logs, rtol=2 * eps, atol=2 * eps
    )

    shares = [float(mp.exp(value - total)) for value in exact(x)]
    # Rounding x - max costs up to span·eps, and subnormals have fewer digits.
    np.testing.assert_allclose(
        softmax(x),
        shares,
        rtol=(span + 8) * eps,
        atol=float(np.finfo(x.dtype).tiny),
    )


@given(finite)
def test_every_finite_input_has_an_answer(x: np.ndarray) -> None:
    shares = softmax(x)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    assert x.max() <= logsumexp(x) <= x.max() + math.log(len(x))
    assert (log_softmax(x) <= 0).all()
    assert log_softmax(x).max() >= -math.log(len(x)) * (1 + 1e-15)


def test_equal_logits_at_the_end_of_float32() -> None:
    x = np.float32([1e38, 1e38, 1e38])
    np.testing.assert_allclose(
        -log_softmax(x), np.float32(math.log(3)), rtol=1e-7
    )
    np.testing.assert_allclose(softmax(x), np.float32(1 / 3), rtol=1e-7)
    assert logsumexp(x) == np.float32(1e38)


def test_opposite_ends_of_float32() -> None:
    x = np.float32([3e38, -3e38])
    assert softmax(x).tolist() == [1, 0]
    assert log_softmax(x).tolist() == [0, -INF]
    assert logsumexp(x) == np.float32(3e38)


@pytest.mark.parametrize(
    ("x", "shares", "total"),
    [
        ([0, INF, -5], [0, 1, 0], INF),
        ([-INF, INF], [0, 1], INF),
        ([-INF, 0, 0], [0, 0.5, 0.5], math.log(2)),
        ([-INF, 7], [0, 1], 7),
        # Entries that tie for the largest share equally.
        ([INF, 3, INF], [0.5, 0, 0.5], INF),
        ([-INF, -INF], [0.5, 0.5], -INF),
        ([-INF], [1], -INF),
    ],
)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_infinite_logits(
    x: list[float], shares: list[float], total: float, dtype: str
) -> None:
    row = np.array(x, dtype)
    assert softmax(row).tolist() == shares
    eps = np.finfo(dtype).eps
    expected = [math.log(share) if share else -INF for share in shares]
    np.testing.assert_allclose(log_softmax(row), expected, rtol=eps)
    np.testing.assert_allclose(logsumexp(row), total, rtol=eps)


@pytest.mark.parametrize("rest", [0.0, INF, -INF])
def test_nan_passes_through_its_row_only(rest: float) -> None:
    x = np.array([[NAN, rest], [1.0, 1.0]])
    assert np.isnan(softmax(x)[0]).all()
    assert np.isnan(log_softmax(x)[0]).all()
    assert math.isnan(logsumexp(x)[0])
    assert softmax(x)[1].tolist() == [0.5, 0.5]


def test_axes_and_shapes() -> None:
    x = np.random.default_rng(5).normal(size=(2, 3, 4))
    for axis in (0, 1, 2, -1, -2):
        moved = np.moveaxis(x, axis, -1)
        for function in (softmax, log_softmax):
            np.testing.assert_allclose(
                np.moveaxis(function(x, axis=axis), axis, -1),
                function(moved),
                rtol=1e-14,
            )
        np.testing.assert_allclose(
            logsumexp(x, axis=axis), logsumexp(moved), rtol=1e-14
        )
    assert logsumexp(x, axis=1).shape == (2, 4)
    assert logsumexp(x, axis=1, keepdims=True).shape == (2, 1, 4)
    np.testing.assert_array_equal(softmax(x), softmax(x, axis=2))


def test_sums_are_taken_in_double_precision() -> None:
    # A float16 sum of ones along the first axis stops at 2048.
    x = np.zeros((4096, 2), "float16")
    assert (softmax(x, axis=0) == np.float16(2**-12)).all()
    np.testing.assert_array_equal(
        logsumexp(x, axis=0), np.float16([math.log(4096)] * 2)
    )


@pytest.mark.parametrize(
    "function", [sigmoid, softmax, log_softmax, logsumexp]
)
@pytest.mark.parametrize(
    ("dtype", "result"),
    [
        ("float16", "float16"),
        ("float32", "float32"),
        ("float64", "float64"),
        ("longdouble", "longdouble"),
        ("int8", "float64"),
        ("uint64", "float64"),
        ("bool", "float64"),
    ],
)
def test_dtypes(function, dtype: str, result: str) -> None:
    x = np.array([[1, 0], [0, 0]], dtype)
    x.flags.writeable = False
    answer = function(x)
    assert answer.dtype == result
    np.testing.assert_allclose(
        answer,
        function(x.astype("float64")),
        # The reference is no better than its own eps.
        rtol=float(max(np.finfo(result).eps, np.finfo("float64").eps)),
    )


@pytest.mark.parametrize(
    "function", [sigmoid, softmax, log_softmax, logsumexp]
)
@pytest.mark.parametrize("bad", [[1j], ["1"], [None]])
def test_only_real_numbers(function, bad: list[object]) -> None:
    with pytest.raises(TypeError, match="x must be real numbers, not"):
        function(bad)


# one_hot


def test_one_hot() -> None:
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot([2, 0], 3).dtype == np.float64
    assert one_hot(1, 2).tolist() == [0, 1]
    assert one_hot([[0], [1]], 2).tolist() == [[[1, 0]], [[0, 1]]]
    assert one_hot(np.array([1], "uint8"), 2).tolist() == [[0, 1]]


def test_no_labels_no_rows() -> None:
    assert one_hot([], 3).shape == (0, 3)
    assert one_hot(np.zeros((0, 2), int), 3).shape == (0, 2, 3)


@pytest.mark.parametrize(
    ("labels", "complaint"),
    [
        ([0, 3, 4], r"label 3 \(int64\) at index \(1,\).*\[0, 3\)"),
        ([[0, 1], [-1, 0]], r"label -1 \(int64\) at index \(1, 0\)"),
        (7, r"label 7 \(int64\) at index \(\)"),
        ([0, 1.5], r"label 1.5 \(float64\) at index \(1,\)"),
        ([0, NAN], r"label nan \(float64\) at index \(1,\)"),
        ([0.0, 1.0], r"label 0.0 \(float64\) at index \(0,\)"),
        ([True, False], r"label True \(bool\) at index \(0,\)"),
        (["a"], r"label a \(<U1\) at index \(0,\)"),
        ([None], r"label None \(object\) at index \(0,\)"),
        (np.array([-1], "int8"), r"label -1 \(int8\)"),
        (np.array([255], "uint8"), r"label 255 \(uint8\)"),
    ],
)
def test_labels_that_name_no_class(
    labels: object, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        one_hot(labels, 3)
