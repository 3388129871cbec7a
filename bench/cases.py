"""What is measured: which losses, at which sizes, on which numbers."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lossbook.numerics import Array, softmax


@dataclass(frozen=True)
class Case:
    """One loss of one size.

    Attributes:
        loss: "ce" (against labels), "soft ce" (against probability
            rows), "kl", "huber", "mse", "mae" or "bce".
        centre: what the predictions scatter around.
        quick: whether --quick measures it.
    """

    loss: str
    shape: tuple[int, ...]
    dtype: str
    centre: float = 0.0
    quick: bool = False

    @property
    def name(self) -> str:
        size = "×".join(map(str, self.shape))
        shifted = (
            f", logits near {self.centre:g}" if self.centre else ""
        )
        return f"{self.loss} {size} {self.dtype}{shifted}"


@dataclass(frozen=True)
class Batch:
    """A case with its numbers."""

    case: Case
    predictions: Array
    targets: NDArray[Any]


CASES = [
    Case("ce", (4096, 1000), "float32", quick=True),
    Case("ce", (4096, 1000), "float64"),
    # Here exp overflows without the shift that ours likes to skip.
    Case("ce", (4096, 1000), "float32", centre=200.0),
    Case("ce", (256, 50257), "float32"),
    Case("soft ce", (4096, 1000), "float32"),
    Case("kl", (4096, 1000), "float32", quick=True),
    *(
        Case(loss, (10**6,), dtype, quick=dtype == "float32")
        for loss in ("huber", "mse", "mae", "bce")
        for dtype in ("float32", "float64")
    ),
]

# How `make_batch` draws, in words, for the reader of the numbers.
DATA = (
    "predictions: normal, standard deviation 2; targets: labels drawn "
    "evenly, rows of softmax of normal numbers, 0 or 1 for bce, else "
    "normal; seed 0"
)


def make_batch(case: Case) -> Batch:
    """The same numbers for the same case, every time."""
    rng = np.random.default_rng(0)
    predictions = rng.normal(case.centre, 2.0, case.shape)
    targets: NDArray[Any]
    if case.loss == "ce":
        return Batch(
            case,
            predictions.astype(case.dtype),
            rng.integers(case.shape[1], size=case.shape[0]),
        )
    if case.loss in ("soft ce", "kl"):
        targets = softmax(rng.normal(size=case.shape))
    elif case.loss == "bce":
        targets = rng.integers(2, size=prod(case.shape))
    else:
        targets = rng.normal(size=case.shape)
    return Batch(
        case,
        predictions.astype(case.dtype),
        targets.astype(case.dtype),
    )
