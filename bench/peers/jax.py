"""JAX: the formulas in jax.numpy, differentiated and compiled."""

from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp

from bench.cases import Batch
from bench.contestant import Contestant

jax.config.update("jax_enable_x64", True)  # float32 stays float32


# Of several ways to write each loss, the one that XLA makes fastest.
# log_softmax, for one, is not: it takes six times as long for ce.


def ce(z: Any, labels: Any) -> Any:
    at_label = z[jnp.arange(len(z)), labels]
    return jnp.mean(jax.nn.logsumexp(z, axis=1) - at_label)


def soft_ce(z: Any, t: Any) -> Any:
    # Rows of t sum to 1.
    return jnp.mean(
        jax.nn.logsumexp(z, axis=1) - jnp.sum(t * z, axis=1)
    )


def kl(z: Any, t: Any) -> Any:
    return soft_ce(z, t) + jnp.sum(t * jnp.log(t)) / len(z)


def huber(p: Any, t: Any) -> Any:
    r = p - t
    c = jnp.clip(r, -1, 1)
    return jnp.mean(c * (r - c / 2))


def mse(p: Any, t: Any) -> Any:
    return jnp.mean((p - t) ** 2) / 2


def mae(p: Any, t: Any) -> Any:
    return jnp.mean(jnp.abs(p - t))


def bce(z: Any, t: Any) -> Any:
    softplus = jnp.maximum(z, 0) + jnp.log1p(jnp.exp(-jnp.abs(z)))
    return jnp.mean(softplus - z * t)


FUNCTIONS = {
    "ce": ce,
    "soft ce": soft_ce,
    "kl": kl,
    "huber": huber,
    "mse": mse,
    "mae": mae,
    "bce": bce,
}


def compiled(
    function: Callable[[Any, Any], Any], batch: Batch
) -> Callable[[], tuple[Any, Any]]:
    """A call of value and gradient that returns once they are there."""
    both = jax.jit(jax.value_and_grad(function))
    z, t = jnp.asarray(batch.predictions), jnp.asarray(batch.targets)

    def call() -> tuple[Any, Any]:
        result: tuple[Any, Any] = jax.block_until_ready(both(z, t))
        return result

    return call


def contestants(batch: Batch, _threads: int) -> Iterator[Contestant]:
    # How many threads it takes is settled by the environment.
    function = FUNCTIONS[batch.case.loss]
    yield Contestant("JAX", compiled(function, batch))
