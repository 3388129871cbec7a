"""Who computes something else than ours is not measured."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bench.book import ROOT
from bench.cases import CASES, Batch, Case, make_batch
from bench.contestant import Contestant, DisagreementError, check
from bench.peers import PEERS, load
from bench.worker import time_case

VALUE = 2.0
GRADIENT = np.array([0.5, -1.0], np.float32)


def peer(
    value: float, gradient: object, **options: object
) -> Contestant:
    return Contestant("Peer", lambda: (value, gradient), **options)


def test_the_same_passes():
    assert check(peer(VALUE, GRADIENT.copy()), VALUE, GRADIENT)


def test_the_same_after_its_scale_passes():
    doubled = peer(2 * VALUE, 2 * GRADIENT, scale=0.5)
    assert check(doubled, VALUE, GRADIENT)


def test_a_value_alone_is_told_apart():
    assert not check(peer(VALUE, None), VALUE, GRADIENT)


@pytest.mark.parametrize(
    ("contestant", "complaint"),
    [
        (peer(4.0, GRADIENT), r"Peer: its value is 4\.0, ours 2\.0"),
        (peer(np.nan, None), "Peer: its value is nan"),
        (
            peer(VALUE, GRADIENT + np.float32(0.25)),
            r"Peer: its gradient differs from ours by up to 0\.25",
        ),
        (
            peer(VALUE, GRADIENT * np.float32(np.nan)),
            "Peer: its gradient differs from ours by up to nan",
        ),
        (
            peer(VALUE, GRADIENT[:1]),
            r"Peer: its gradient has shape .*\(1,\).*, ours \(2,\)",
        ),
        (
            peer(VALUE, GRADIENT.astype(np.float64)),
            r"Peer: its gradient has .*float64.*, ours .*float32",
        ),
    ],
)
def test_a_difference_is_refused_by_name(contestant, complaint):
    with pytest.raises(DisagreementError, match=complaint):
        check(contestant, VALUE, GRADIENT)


def test_a_gradient_that_adds_up_is_refused():
    sums = np.zeros(2, np.float32)

    def call() -> tuple[float, object]:
        np.add(sums, GRADIENT, out=sums)
        return VALUE, sums

    with pytest.raises(DisagreementError, match="Peer: its gradient"):
        check(Contestant("Peer", call), VALUE, GRADIENT)


TINY = Case("mse", (6,), "float32")


def test_ours_are_told_how_many_threads_they_have():
    # None is too few for them, which shows that they were told.
    (ours,) = load(["ours"])
    told = next(ours(make_batch(TINY), 0))
    with pytest.raises(ValueError, match="not 0"):
        told.call()


def wrong(_batch: Batch, _threads: int) -> Iterator[Contestant]:
    yield peer(-1.0, None)


def test_a_refused_peer_is_not_timed_and_the_record_says_why():
    record = time_case(TINY, [*load(["ours"]), wrong], 1, 0.0)
    names = [entry["name"] for entry in record["results"]]
    assert names == ["fused, out=", "fused", "plain class"]
    (complaint,) = record["refused"]
    assert complaint.startswith("Peer: its value is -1.0, ours ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_peers_of_the_tests_agree_on_every_case(case):
    small = replace(case, shape=(7, 11)[: len(case.shape)])
    peers = load(["ours", "textbook", "PyTorch", "ceilings"])
    record = time_case(small, peers, 1, 0.0)
    assert record["refused"] == []
    names = {entry["name"] for entry in record["results"]}
    assert {"fused", "textbook NumPy", "PyTorch"} < names


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_batch_has_the_shape_and_dtype_of_its_case(case):
    small = replace(case, shape=(7, 11)[: len(case.shape)])
    batch = make_batch(small)
    assert batch.predictions.shape == small.shape
    assert batch.predictions.dtype == case.dtype
    again = make_batch(small)
    np.testing.assert_array_equal(batch.targets, again.targets)


def test_every_peer_has_its_pinned_package():
    pins = (ROOT / "requirements-bench.txt").read_text(encoding="utf-8")
    for module, package in PEERS.values():
        assert (ROOT / "bench" / "peers" / f"{module}.py").exists()
        if package not in ("lossbook", "numpy"):
            named = package.replace("sklearn", "scikit-learn")
            assert f"\n{named}==" in pins
