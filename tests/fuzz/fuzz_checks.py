"""What must hold for every case, whatever the numbers in it."""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from floors import PAIRS, agree
from fuzz_cases import SPECS, Case, Spec

from lossbook.fused import batch, elementwise, softmax
from lossbook.gradcheck import gradcheck
from lossbook.losses import Loss


def check(case: Case) -> None:
    """Raise if the case shows a bug."""
    spec = SPECS[case.loss]
    predictions, targets = case.arrays()
    before = predictions.tobytes(), targets.tobytes()

    def untouched() -> bool:
        return before == (predictions.tobytes(), targets.tobytes())

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refusal = refused(
            spec.plain(**case.options), predictions, targets
        )
        assert untouched(), "an input was modified"
        if refusal is None:
            check_plain(case, spec, predictions, targets)
        if spec.fused is not None:
            with sizes(case):
                check_fused(
                    case, spec.fused, predictions, targets, refusal
                )
    assert untouched(), "an input was modified"


def refused(
    loss: Loss, predictions: np.ndarray, targets: np.ndarray
) -> str | None:
    """The complaint about this input, the same from both methods."""
    complaints = []
    for method in (loss.loss, loss.grad):
        try:
            method(predictions, targets)
            complaints.append(None)
        except (ValueError, TypeError) as error:
            complaints.append(f"{type(error).__name__}: {error}")
    assert complaints[0] == complaints[1]
    return complaints[0]


def check_plain(
    case: Case, spec: Spec, predictions: np.ndarray, targets: np.ndarray
) -> None:
    loss = spec.plain(**case.options)
    value = loss.loss(predictions, targets)
    grad = loss.grad(predictions, targets)
    assert type(value) is float
    assert type(grad) is np.ndarray
    assert grad.shape == predictions.shape
    assert grad.dtype == predictions.dtype
    assert not np.may_share_memory(grad, predictions)
    assert not np.may_share_memory(grad, targets)

    if np.isfinite(predictions).all() and np.isfinite(targets).all():
        assert not math.isnan(value), "NaN from finite numbers"
        assert not np.isnan(grad).any(), "NaN from finite numbers"
    # No loss is negative, except KL by as much as rows of shares miss 1.
    least = 0.0
    if case.loss == "kl":
        least = -2 * float(np.finfo(targets.dtype).eps) - 1e-13
    assert not value < least, f"the loss is {value}"

    # Dtype and strides change nothing but the order of summation.
    wide = np.array(predictions, np.float64, order="C")
    same = np.array(targets, order="C")
    np.testing.assert_allclose(
        value, loss.loss(wide, same), rtol=1e-13, atol=1e-13
    )
    slopes = loss.grad(wide, same)
    with np.errstate(all="ignore"):
        slopes = slopes.astype(predictions.dtype)
    info = np.finfo(predictions.dtype)
    np.testing.assert_allclose(
        grad,
        slopes,
        rtol=1e-13 + float(info.eps) * (info.bits < 64),
        atol=1e-13 if case.shape[-1] > 1 and spec.rows else 0,
    )
    if moderate(case, predictions, targets):
        measure_slopes(case, loss, wide, same)


def moderate(
    case: Case, predictions: np.ndarray, targets: np.ndarray
) -> bool:
    """Whether slopes of the loss can be measured, and in little time."""
    options = [value for value in case.options.values() if value > 0]
    return (
        predictions.size <= 12
        and bool((np.abs(predictions) <= 30).all())
        and bool((np.abs(targets) <= 30).all())
        and all(1e-3 <= option <= 1e3 for option in options)
    )


@contextmanager
def sizes(case: Case) -> Iterator[None]:
    """The fused floor with the case's idea of small and of a block."""
    # 20 blocks at most: thousands of them take long, and their sums add
    # an eps of float64 each.
    elements = max(case.block, math.prod(case.shape) // 20)
    rows = max(case.block, case.shape[0] // 20)
    with (
        patch.object(batch, "SMALL", case.small),
        patch.object(elementwise, "BLOCK_BYTES", 8 * elements),
        patch.object(softmax, "MOST_ROWS", rows),
    ):
        yield


class Raised(Loss):
    """A loss and a constant, which does not change its slopes."""

    def __init__(self, original: Loss, constant: float) -> None:
        self.original = original
        self.constant = constant

    def loss(self, predictions, targets) -> float:
        return self.original.loss(predictions, targets) + self.constant

    def grad(self, predictions, targets) -> np.ndarray:
        return self.original.grad(predictions, targets)


def measure_slopes(
    case: Case, loss: Loss, predictions: np.ndarray, targets: np.ndarray
) -> None:
    constant = 0.0
    if SPECS[case.loss].targets in ("measures", "distributions"):
        # Against rows of shares a loss near 0 is a sum that cancels. Its
        # noise is an eps of the shares, but gradcheck takes it for an eps
        # of the loss.
        constant = float(np.abs(targets).sum())
    gradcheck(Raised(loss, constant), predictions, targets)


class FusedLoss(Loss):
    """A fused function with the interface that gradcheck knows."""

    def __init__(self, name: str, options: dict) -> None:
        self.function = PAIRS[name].fused
        self.options = options

    def loss(self, predictions, targets) -> float:
        return self.function(predictions, targets, **self.options)[0]

    def grad(self, predictions, targets) -> np.ndarray:
        return self.function(predictions, targets, **self.options)[1]


def check_fused(
    case: Case,
    name: str,
    predictions: np.ndarray,
    targets: np.ndarray,
    refusal: str | None,
) -> None:
    fused = FusedLoss(name, case.options | {"threads": case.threads})
    assert refused(fused, predictions, targets) == refusal
    if refusal is not None:
        return
    agree(
        name, predictions, targets, threads=case.threads, **case.options
    )
    # With out, the same numbers in the array that was given.
    value, grad = fused.function(predictions, targets, **fused.options)
    out = np.empty_like(predictions)
    again, found = fused.function(
        predictions, targets, out=out, **fused.options
    )
    assert found is out
    np.testing.assert_allclose(again, value, rtol=1e-6)
    np.testing.assert_allclose(found, grad, rtol=1e-2, atol=1e-7)
    if moderate(case, predictions, targets):
        fused = FusedLoss(name, case.options)
        wide = np.array(predictions, np.float64)
        measure_slopes(case, fused, wide, targets)
