"""Values and gradients against PyTorch, the scaling spelt out.

n is the batch size, and a PyTorch sum divided by n is our reduction. PyTorch's
own "mean" divides by the number of elements instead.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from lossbook.losses import (
    MAE,
    MSE,
    HuberLoss,
    LogCosh,
    Loss,
    QuantileLoss,
)

TorchLoss = Callable[[Tensor, Tensor], Tensor]


def torch_log_cosh(predictions: Tensor, targets: Tensor) -> Tensor:
    residual = predictions - targets
    return (
        residual + functional.softplus(-2 * residual) - math.log(2)
    ).sum()


def torch_pinball(tau: float) -> TorchLoss:
    def total(predictions: Tensor, targets: Tensor) -> Tensor:
        residual = predictions - targets
        return torch.maximum(
            -tau * residual, (1 - tau) * residual
        ).sum()

    return total


def torch_huber(delta: float) -> TorchLoss:
    return lambda p, t: functional.huber_loss(
        p, t, reduction="sum", delta=delta
    )


# Ours, and the PyTorch sum that equals n times ours.
PAIRS: dict[str, tuple[Loss, TorchLoss]] = {
    "mae": (
        MAE(),
        lambda p, t: functional.l1_loss(p, t, reduction="sum"),
    ),
    "mse": (
        MSE(),
        lambda p, t: functional.mse_loss(p, t, reduction="sum") / 2,
    ),
    "huber": (HuberLoss(), torch_huber(1.0)),
    "huber-narrow": (HuberLoss(0.1), torch_huber(0.1)),
    "smooth-l1": (
        HuberLoss(0.5),
        lambda p, t: (
            0.5
            * functional.smooth_l1_loss(p, t, reduction="sum", beta=0.5)
        ),
    ),
    "log-cosh": (LogCosh(), torch_log_cosh),
    "quantile-low": (QuantileLoss(0.1), torch_pinball(0.1)),
    "quantile-high": (QuantileLoss(0.75), torch_pinball(0.75)),
}


def torch_value_and_grad(
    total: TorchLoss, predictions: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    variable = torch.tensor(predictions, requires_grad=True)
    value = total(variable, torch.tensor(targets)) / len(targets)
    [grad] = torch.autograd.grad(value, variable)
    return value.item(), grad.numpy()


@pytest.mark.parametrize(
    ("ours", "total"), PAIRS.values(), ids=PAIRS.keys()
)
@pytest.mark.parametrize("shape", [(6,), (5, 3), (2, 3, 4)])
@pytest.mark.parametrize(
    ("dtype", "rtol"), [("float64", 1e-13), ("float32", 2e-6)]
)
def test_value_and_autograd(
    ours: Loss,
    total: TorchLoss,
    shape: tuple[int, ...],
    dtype: str,
    rtol: float,
) -> None:
    random = np.random.default_rng(3)
    predictions = random.normal(scale=2, size=shape).astype(dtype)
    targets = random.normal(scale=2, size=shape).astype(dtype)
    value, grad = torch_value_and_grad(total, predictions, targets)
    assert ours.loss(predictions, targets) == pytest.approx(
        value, rel=rtol
    )
    our_grad = ours.grad(predictions, targets)
    assert our_grad.dtype == grad.dtype
    # PyTorch's log-cosh cancels near zero, hence the room of one eps.
    np.testing.assert_allclose(
        our_grad, grad, rtol=rtol, atol=np.finfo(dtype).eps
    )


@pytest.mark.parametrize(
    ("name", "predictions", "same_as_ours"),
    [
        ("mae", [0.0], [0.0]),  # sign(0) = 0
        (
            "quantile-low",
            [0.0],
            [0.4],
        ),  # maximum halves a tie: 1/2 - tau
        ("quantile-high", [0.0], [-0.25]),
        (
            "huber",
            [1.0, -1.0],
            [0.5, -0.5],
        ),  # differentiable, slope ±delta
        ("smooth-l1", [0.5, -0.5], [0.25, -0.25]),
    ],
)
def test_pytorch_takes_the_same_subgradient(
    name: str, predictions: list[float], same_as_ours: list[float]
) -> None:
    ours, total = PAIRS[name]
    at_kink, zero = np.array(predictions), np.zeros(len(predictions))
    _, grad = torch_value_and_grad(total, at_kink, zero)
    np.testing.assert_allclose(grad, same_as_ours, rtol=1e-15)
    np.testing.assert_allclose(
        ours.grad(at_kink, zero), same_as_ours, rtol=1e-15
    )


def test_a_pinball_by_where_takes_one_branch_at_the_kink() -> None:
    """Not ½ - tau: which subgradient PyTorch takes depends on how it is written."""

    def total(predictions: Tensor, targets: Tensor) -> Tensor:
        residual = predictions - targets
        return torch.where(
            residual < 0, -0.1 * residual, 0.9 * residual
        ).sum()

    _, grad = torch_value_and_grad(total, np.zeros(1), np.zeros(1))
    assert grad.tolist() == [0.9]


def test_pytorch_mean_divides_by_the_elements() -> None:
    random = np.random.default_rng(4)
    predictions, targets = random.normal(size=(2, 32, 10))
    value, grad = torch_value_and_grad(
        # torch_value_and_grad divides by n = 32 once more: undo it.
        lambda p, t: 32 * functional.mse_loss(p, t),
        predictions,
        targets,
    )
    # ½ Σ / 32 is 5 times Σ / 320.
    assert MSE().loss(predictions, targets) == pytest.approx(5 * value)
    np.testing.assert_allclose(
        MSE().grad(predictions, targets), 5 * grad
    )
