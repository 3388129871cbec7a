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

from lossbook.losses import BinaryCrossEntropy, Loss

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


@dataclass(frozen=True)
class Case:
    loss: Loss
    term: Term
    torch_sum: Callable[[Tensor, Tensor], Tensor]
    targets: tuple[float, ...]
    convex: bool = True

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


HARD, SOFT = (0.0, 1.0), (0.0, 1.0, 0.25, 0.9, 1e-9)

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
}
