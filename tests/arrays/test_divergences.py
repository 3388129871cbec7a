"""Entropy and its kin against mpmath at 50 digits and torch.distributions."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from mpmath import mp, mpf
from torch.distributions import Categorical
from torch.distributions import kl_divergence as torch_kl

from lossbook.divergences import (
    cross_entropy,
    entropy,
    js_divergence,
    kl_divergence,
)

mp.dps = 50
INF, NAN = math.inf, math.nan
PAIRED = [cross_entropy, kl_divergence, js_divergence]
each_paired = pytest.mark.parametrize("function", PAIRED)


# the definitions, term by term: what has probability 0 is left out


def exact_cross_entropy(p: np.ndarray, q: np.ndarray) -> mpf:
    terms = [
        mp.inf if b == 0 else -mpf(float(a)) * mp.log(mpf(float(b)))
        for a, b in zip(p, q, strict=True)
        if a > 0
    ]
    return mp.fsum(terms)


def exact_kl(p: np.ndarray, q: np.ndarray) -> mpf:
    return exact_cross_entropy(p, q) - exact_cross_entropy(p, p)


def exact_js(p: np.ndarray, q: np.ndarray) -> mpf:
    total = mpf(0)
    for a, b in zip(p, q, strict=True):
        a, b = mpf(float(a)), mpf(float(b))
        for x in (a, b):
            total += x * mp.log(2 * x / (a + b)) / 2 if x > 0 else 0
    return total


@st.composite
def rows(draw: st.DrawFn, count: int) -> list[np.ndarray]:
    """Distributions over the same K, many of their entries 0 or tiny."""
    k = draw(st.integers(2, 6))
    sizes = st.sampled_from([0, 5e-324, 1e-300, 1e-20, 1e-3, 0.5, 1])
    weights = npst.arrays("float64", k, elements=sizes)
    found = []
    for _ in range(count):
        row = draw(weights.filter(lambda w: w.sum() >= 1e-3))
        found.append(row / row.sum())
    return found


@given(rows(1))
def test_entropy_against_the_definition(pair: list[np.ndarray]) -> None:
    [p] = pair
    expected = float(exact_cross_entropy(p, p))
    assert entropy(p) == pytest.approx(expected, rel=1e-15, abs=1e-300)


@given(rows(2))
def test_two_rows_against_the_definitions(
    pair: list[np.ndarray],
) -> None:
    cross = float(exact_cross_entropy(*pair))
    assert cross_entropy(*pair) == pytest.approx(cross, rel=1e-15)
    # The rows sum to 1 up to rounding: hence an absolute bound.
    kl, js = float(exact_kl(*pair)), float(exact_js(*pair))
    assert kl_divergence(*pair) == pytest.approx(
        kl, rel=1e-15, abs=1e-15
    )
    assert js_divergence(*pair) == pytest.approx(
        js, rel=1e-15, abs=1e-15
    )


def test_against_torch() -> None:
    p, q = np.random.default_rng(1).dirichlet(np.ones(5), size=(2, 3))
    ours = Categorical(torch.tensor(p)), Categorical(torch.tensor(q))
    np.testing.assert_allclose(
        entropy(p), ours[0].entropy(), rtol=1e-14
    )
    np.testing.assert_allclose(
        kl_divergence(p, q), torch_kl(*ours), rtol=1e-13
    )
    # kl_div wants log q first, and sums over the batch.
    total = torch.nn.functional.kl_div(
        torch.tensor(q).log(), torch.tensor(p), reduction="sum"
    )
    assert kl_divergence(p, q).sum() == pytest.approx(
        total.item(), rel=1e-14
    )


def test_by_hand() -> None:
    # One bit is log 2 nats.
    assert entropy([0.5, 0.5]) == math.log(2)
    assert entropy([0.5, 0.25, 0.25]) == 1.5 * math.log(2)
    assert kl_divergence([1, 0], [0.25, 0.75]) == math.log(4)
    assert kl_divergence([0.5, 0.5], [0.25, 0.75]) == pytest.approx(
        math.log(2) - math.log(3) / 2
    )


@pytest.mark.parametrize(
    ("p", "q", "cross", "kl", "js"),
    [
        ([1, 0], [1, 0], 0, 0, 0),
        ([1, 0], [0, 1], INF, INF, math.log(2)),
        ([0.5, 0.5], [1, 0], INF, INF, 0.75 * math.log(4 / 3)),
        ([1, 0], [0.5, 0.5], math.log(2), math.log(2), None),
        # Half of 5e-324 rounds to 0: the mean must not.
        ([1, 5e-324], [1, 0], INF, INF, 0),
    ],
)
def test_zeros(
    p: list[float],
    q: list[float],
    cross: float,
    kl: float,
    js: float | None,
) -> None:
    assert cross_entropy(p, q) == cross
    assert kl_divergence(p, q) == kl
    if js is None:
        js = js_divergence(q, p)
    # From the definition: ½·(½·log ⅔ + ½·log 2) + ½·log 4/3.
    assert js_divergence(p, q) == pytest.approx(js, rel=1e-15)


def test_the_mean_is_taken_in_double_precision() -> None:
    # Half of 2^-24 is no float16, and a mean of 0 would cost 2e-5.
    p, q = np.array([[1, 2**-24], [1, 0]], "float16")
    assert js_divergence(p, q) == np.float16(2**-25 * math.log(2))


def test_no_minus_zero_is_printed() -> None:
    assert str(entropy([1.0, 0.0])) == "0.0"
    assert str(kl_divergence([1.0, 0.0], [1.0, 0.0])) == "0.0"


@given(rows(3), st.sampled_from([0.25, 0.5, 0.75]))
def test_inequalities(
    distributions: list[np.ndarray], share: float
) -> None:
    p, q, r = distributions
    slack = 1e-14
    assert 0 <= entropy(p) <= math.log(len(p)) + slack
    assert kl_divergence(p, q) >= 0
    assert kl_divergence(p, p) == js_divergence(p, p) == 0
    assert 0 <= js_divergence(p, q) <= math.log(2) + slack
    assert js_divergence(p, q) == js_divergence(q, p)
    assert cross_entropy(p, q) == pytest.approx(
        entropy(p) + kl_divergence(p, q), rel=slack, abs=slack
    )
    mixed = share * p + (1 - share) * q
    # Entropy is concave, KL convex.
    chord = share * entropy(p) + (1 - share) * entropy(q)
    assert entropy(mixed) >= chord - slack
    kl = share * kl_divergence(p, r) + (1 - share) * kl_divergence(q, r)
    assert kl_divergence(mixed, r) <= kl * (1 + slack) + slack
    # The root of JS is a distance.
    legs = (
        math.sqrt(js_divergence(p, q)),
        math.sqrt(js_divergence(q, r)),
    )
    assert math.sqrt(js_divergence(p, r)) <= sum(legs) + 1e-7


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("distance", [0.1, 1e-3, 1e-5])
def test_near_neighbours_keep_their_digits(
    dtype: str, distance: float
) -> None:
    random = np.random.default_rng(6)
    for _ in range(50):
        p = random.dirichlet(np.ones(5))
        q = p * (1 + distance * random.uniform(-1, 1, size=5))
        p, q = p.astype(dtype), (q / q.sum()).astype(dtype)
        # The stored rows sum to 1 up to rounding: make it exact.
        a, b = ([mpf(float(x)) for x in row] for row in (p, q))
        a, b = ([x / mp.fsum(row) for x in row] for row in (a, b))
        exact = mp.fsum(
            x * mp.log(x / y) for x, y in zip(a, b, strict=True)
        )
        # What rounding p and q leaves of their difference.
        rel = float(100 * np.finfo(dtype).eps / distance)
        assert kl_divergence(p, q) == pytest.approx(
            float(exact), rel=rel, abs=0
        )


def test_near_neighbours_do_not_fall_below_zero() -> None:
    random = np.random.default_rng(5)
    p = random.dirichlet(np.ones(4), size=200)
    q = p * (1 + 1e-9 * random.normal(size=p.shape))
    assert (kl_divergence(p, q) >= 0).all()
    assert (js_divergence(p, q) >= 0).all()


# shapes and dtypes


@each_paired
@pytest.mark.parametrize("shape", [(3,), (4, 3), (2, 4, 3), (0, 3)])
def test_the_last_axis_is_summed(
    function, shape: tuple[int, ...]
) -> None:
    random = np.random.default_rng(2)
    p, q = random.dirichlet(np.ones(shape[-1]), size=(2, *shape[:-1]))
    answer = function(p, q)
    assert answer.shape == shape[:-1]
    for index in np.ndindex(shape[:-1]):
        assert answer[index] == function(p[index], q[index])
        assert entropy(p)[index] == entropy(p[index])


@each_paired
@pytest.mark.parametrize("dtype", ["float16", "float32", "longdouble"])
def test_dtypes(function, dtype: str) -> None:
    p = np.array([0.25, 0.75, 0], dtype)
    q = np.array([0.125, 0.375, 0.5], dtype)
    p.flags.writeable = q.flags.writeable = False
    answer = function(p, q)
    assert answer.dtype == dtype
    assert entropy(p).dtype == dtype
    reference = float(function(p.astype("float64"), q))
    assert answer == pytest.approx(
        reference, rel=float(max(np.finfo(dtype).eps, 1e-15))
    )
    assert function(p, q.astype("longdouble")).dtype == "longdouble"


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_rows_may_round(dtype: str) -> None:
    p = np.array([0.3, 0.1, 0.6], dtype)
    assert p.sum(dtype="float64") != 1 or dtype == "float64"
    assert entropy(p) == pytest.approx(
        float(exact_cross_entropy(p, p)),
        rel=float(np.finfo(dtype).eps),
    )


def test_one_hot_integers() -> None:
    assert entropy([[0, 1], [1, 0]]).tolist() == [0, 0]
    assert kl_divergence(np.uint8([0, 1]), [0.5, 0.5]) == math.log(2)
    assert entropy([True, False]) == 0


def test_a_softmax_of_50257_classes_sums_to_1_well_enough() -> None:
    logits = np.random.default_rng(3).normal(size=50257)
    p = (np.exp(logits) / np.exp(logits).sum()).astype("float32")
    assert entropy(p) == pytest.approx(
        float(exact_cross_entropy(p, p)), rel=1e-6
    )


# what is refused


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ([0.5, 0.6], r"the sum of p is 1\.1, not 1"),
        ([[0.5, 0.5], [0.1, 0.1]], r"the sum of p\[1\] is 0\.2"),
        ([[[1, 0], [0, 2]]], r"the sum of p\[0, 1\] is 2"),
        ([0.5, 0.5 + 1e-7], r"the sum of p is 1\.00000009"),
        ([[1, 0], [1.5, -0.5]], r"p\[1, 1\] is -0\.5, not a number"),
        ([NAN, 1.0], r"p\[0\] is nan"),
        ([1.0, INF], r"p\[1\] is inf"),
        ([], r"the sum of p is 0"),
        (1.0, "p is a number, not a row"),
    ],
)
def test_what_is_no_distribution(bad: object, complaint: str) -> None:
    good = np.full(np.shape(bad), 0.5)
    with pytest.raises(ValueError, match=complaint):
        entropy(bad)
    for function in PAIRED:
        with pytest.raises(ValueError, match=complaint):
            function(bad, good)
        with pytest.raises(
            ValueError, match=re.sub(r"\bp\b", "q", complaint)
        ):
            function([0.5, 0.5], bad)


@pytest.mark.parametrize(
    ("dtype", "excess"), [("float32", 1e-3), ("float16", 0.1)]
)
def test_the_tolerance_is_half_the_digits(
    dtype: str, excess: float
) -> None:
    entropy(np.array([0.5, 0.5 + excess / 10], dtype))
    with pytest.raises(ValueError, match="not 1"):
        entropy(np.array([0.5, 0.5 + excess], dtype))


@each_paired
def test_shapes_must_be_equal(function) -> None:
    with pytest.raises(
        ValueError, match=r"p has shape \(2,\), q \(1, 2\): make them"
    ):
        function([0.5, 0.5], [[0.5, 0.5]])


@each_paired
def test_only_real_numbers(function) -> None:
    with pytest.raises(TypeError, match="p must be real numbers, not"):
        function([1j], [1.0])
    with pytest.raises(TypeError, match="q must be real numbers, not"):
        function([1.0], ["1"])
