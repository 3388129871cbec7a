"""optax's losses, differentiated and compiled by JAX."""

from collections.abc import Callable, Iterator
from typing import Any

import jax
from optax import losses

from bench.cases import Batch
from bench.contestant import Contestant
from bench.peers.jax import compiled


def kl(z: Any, t: Any) -> Any:
    return losses.kl_divergence(jax.nn.log_softmax(z), t)


# One loss per row or element each. It has no absolute error.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ce": losses.softmax_cross_entropy_with_integer_labels,
    "soft ce": losses.softmax_cross_entropy,
    "kl": kl,
    "huber": losses.huber_loss,
    "mse": losses.l2_loss,
    "bce": losses.sigmoid_binary_cross_entropy,
}


def contestants(batch: Batch, _threads: int) -> Iterator[Contestant]:
    if function := FUNCTIONS.get(batch.case.loss):

        def mean(z: Any, t: Any) -> Any:
            return function(z, t).mean()

        yield Contestant("optax", compiled(mean, batch))
