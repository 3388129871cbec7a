"""The binary losses as their papers define them, in mpmath.

One element at a time, with naive sigmoids and logarithms in as many digits as
they take: no stable form, no closed form of a derivative.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from mpmath import mp, mpf
from torch import Tensor
from torch.nn import functional

from lossbook.losses import (
    BinaryCrossEntropy,
    ExponentialLoss,
    FocalLoss,
    HingeLoss,
    Loss,
    SquaredHinge,
)

# 1 - 1 / (1 + e^-740) begins after 321 digits.
DIGITS = 800

Term = Callable[[mpf, mpf], mpf]


def sigmoid(z: mpf) -> mpf:
    return 1 / (1 + mp.exp(-z))


def times_log(weight: mpf, share: mpf) -> mpf:
    return mpf(0) if weight == 0 else weight * mp.log(share)


def cross_entropy(pos_weight: float) -> Term:
    def term(z: mpf, t: mpf) -> mpf:
        positive = times_log(pos_weight * t, sigmoid(z))
        return -(positive + times_log(1 - t, 1 - sigmoid(z)))

    return term


def torch_cross_entropy(pos_weight: float) -> Callable:
    def total(z: Tensor, t: Tensor) -> Tensor:
        return functional.binary_cross_entropy_with_logits(
            z,
            t,
            reduction="sum",
            pos_weight=torch.tensor(pos_weight, dtype=z.dtype),
        )

    return total


def focal(gamma: float, alpha: float | None) -> Term:
    def term(z: mpf, t: mpf) -> mpf:
        p_true = sigmoid(z) if t == 1 else 1 - sigmoid(z)
        weight = mpf(1)
        if alpha is not None:
            weight = mpf(alpha) if t == 1 else 1 - mpf(alpha)
        return -weight * (1 - p_true) ** mpf(gamma) * mp.log(p_true)

    return term


def torch_focal(gamma: float, alpha: float | None) -> Callable:
    def total(z: Tensor, t: Tensor) -> Tensor:
        p_true = torch.where(t == 1, z.sigmoid(), (-z).sigmoid())
        p_false = torch.where(t == 1, (-z).sigmoid(), z.sigmoid())
        weight = 1.0
        if alpha is not None:
            weight = torch.where(t == 1, alpha, 1 - alpha)
        return -(weight * p_false**gamma * p_true.log()).sum()

    return total


def hinge(z: mpf, y: mpf) -> mpf:
    return 1 - y * z if y * z < 1 else mpf(0)


@dataclass(frozen=True)
class Case:
    loss: Loss
    term: Term
    torch_sum: Callable[[Tensor, Tensor], Tensor]
    targets: tuple[float, ...]

    def value(self, z: float, t: float) -> float:
        with mp.workdps(DIGITS):
            return float(self.term(mpf(float(z)), mpf(float(t))))

    def slope(self, z: float, t: float) -> float:
        """A central quotient."""
        with mp.workdps(DIGITS):
            z, t = mpf(float(z)), mpf(float(t))
            step = mpf(10) ** -100
            rise = self.term(z + step, t) - self.term(z - step, t)
            return float(rise / (2 * step))


HARD, SIGNS = (0.0, 1.0), (-1.0, 1.0)
SOFT = (*HARD, 0.25, 0.9, 1e-9)

CASES = {
    "bce": Case(
        BinaryCrossEntropy(),
        cross_entropy(1.0),
        torch_cross_entropy(1.0),
        SOFT,
    ),
    "bce-weighted": Case(
        BinaryCrossEntropy(3.5),
        cross_entropy(3.5),
        torch_cross_entropy(3.5),
        SOFT,
    ),
    "focal": Case(
        FocalLoss(), focal(2.0, None), torch_focal(2.0, None), HARD
    ),
    "focal-flat": Case(
        FocalLoss(0.0), focal(0.0, None), torch_focal(0.0, None), HARD
    ),
    "focal-balanced": Case(
        FocalLoss(0.5, 0.25),
        focal(0.5, 0.25),
        torch_focal(0.5, 0.25),
        HARD,
    ),
    "hinge": Case(
        HingeLoss(),
        hinge,
        lambda z, y: (1 - y * z).clamp(min=0).sum(),
        SIGNS,
    ),
    "squared-hinge": Case(
        SquaredHinge(),
        lambda z, y: hinge(z, y) ** 2,
        lambda z, y: ((1 - y * z).clamp(min=0) ** 2).sum(),
        SIGNS,
    ),
    "exponential": Case(
        ExponentialLoss(),
        lambda z, y: mp.exp(-y * z),
        lambda z, y: (-y * z).exp().sum(),
        SIGNS,
    ),
}
