"""Both floors of the book: the fused functions and the plain classes."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bench.cases import Batch
from bench.contestant import Contestant
from lossbook import fused
from lossbook.losses.base import Loss
from lossbook.losses.binary_cross_entropy import BinaryCrossEntropy
from lossbook.losses.cross_entropy import CrossEntropy
from lossbook.losses.huber import HuberLoss
from lossbook.losses.kl_div import KLDivLoss
from lossbook.losses.mae import MAE
from lossbook.losses.mse import MSE

FUNCTIONS: dict[str, tuple[Callable[..., Any], Loss]] = {
    "ce": (fused.softmax_cross_entropy, CrossEntropy()),
    "soft ce": (fused.softmax_cross_entropy, CrossEntropy()),
    "kl": (fused.kl, KLDivLoss()),
    "huber": (fused.huber, HuberLoss()),
    "mse": (fused.mse, MSE()),
    "mae": (fused.mae, MAE()),
    "bce": (fused.bce, BinaryCrossEntropy()),
}


def contestants(batch: Batch, threads: int) -> Iterator[Contestant]:
    function, plain = FUNCTIONS[batch.case.loss]
    inputs = batch.predictions, batch.targets
    out = np.empty_like(batch.predictions)
    yield Contestant(
        "fused, out=",
        lambda: function(*inputs, out=out, threads=threads),
    )
    yield Contestant(
        "fused", lambda: function(*inputs, threads=threads)
    )
    yield Contestant(
        "plain class",
        lambda: (plain.loss(*inputs), plain.grad(*inputs)),
    )
