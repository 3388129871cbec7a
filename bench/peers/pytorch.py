"""PyTorch, eager, its gradient by autograd."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.nn.functional as F

from bench.cases import Batch
from bench.contestant import Contestant


def kl(z: Any, t: Any) -> Any:
    # kl_div wants log-probabilities, and "batchmean" to divide by n.
    return F.kl_div(F.log_softmax(z, 1), t, reduction="batchmean")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ce": F.cross_entropy,
    "soft ce": F.cross_entropy,
    "kl": kl,
    "huber": F.huber_loss,
    "mse": F.mse_loss,
    "mae": F.l1_loss,
    "bce": F.binary_cross_entropy_with_logits,
}


def contestants(batch: Batch, threads: int) -> Iterator[Contestant]:
    torch.set_num_threads(threads)
    function = FUNCTIONS[batch.case.loss]
    z = torch.tensor(batch.predictions, requires_grad=True)
    t = torch.tensor(batch.targets)

    def call() -> tuple[Any, Any]:
        loss = function(z, t)
        loss.backward()
        gradient, z.grad = z.grad, None  # else the next is added to it
        return loss.detach(), gradient

    # Its MSE has no ½.
    yield Contestant(
        "PyTorch", call, 0.5 if batch.case.loss == "mse" else 1.0
    )
