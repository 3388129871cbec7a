"""The losses as their definitions say, in mpmath at 50 digits.

Written from the piecewise definitions in the papers that the classes name, not
from the classes: no clip, no stable form, no closed form of a derivative.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from mpmath import mp, mpf

from lossbook.losses import (
    MAE,
    MSE,
    HuberLoss,
    LogCosh,
    Loss,
    QuantileLoss,
)

mp.dps = 50

Term = Callable[[mpf], mpf]


def absolute(residual: mpf) -> mpf:
    return residual if residual > 0 else -residual


def half_square(residual: mpf) -> mpf:
    return residual * residual / 2


def huber(delta: float) -> Term:
    def term(residual: mpf) -> mpf:
        if absolute(residual) <= delta:
            return residual * residual / 2
        return delta * absolute(residual) - mpf(delta) ** 2 / 2

    return term


def log_cosh(residual: mpf) -> mpf:
    # cosh is 1 + r²/2 + ...: 50 digits are spent before r = 1e-25.
    with mp.workdps(400):
        return +mp.log(mp.cosh(residual))


def pinball(tau: float) -> Term:
    def term(residual: mpf) -> mpf:
        if residual < 0:
            return -mpf(tau) * residual
        return (1 - mpf(tau)) * residual

    return term


@dataclass(frozen=True)
class Case:
    loss: Loss
    term: Term
    kinks: tuple[float, ...] = ()

    def value(
        self, predictions: np.ndarray, targets: np.ndarray
    ) -> mpf:
        pairs = zip(predictions.flat, targets.flat, strict=True)
        terms = [
            self.term(mpf(float(p)) - mpf(float(t))) for p, t in pairs
        ]
        return mp.fsum(terms) / len(predictions)

    def slope(self, prediction: float, target: float, n: int) -> mpf:
        """One entry of the gradient, as mpmath differentiates the definition."""
        residual = mpf(float(prediction)) - mpf(float(target))
        # 1e-40 of the residual: inside the branch, above the last of 120 digits.
        step = absolute(residual) * mpf(10) ** -40
        with mp.workdps(120):
            up, down = (
                self.term(residual + step),
                self.term(residual - step),
            )
            return (up - down) / (2 * step) / n


CASES = {
    "mae": Case(MAE(), absolute, kinks=(0.0,)),
    "mse": Case(MSE(), half_square),
    "huber": Case(HuberLoss(), huber(1.0), kinks=(-1.0, 1.0)),
    "huber-narrow": Case(
        HuberLoss(0.05), huber(0.05), kinks=(-0.05, 0.05)
    ),
    "huber-wide": Case(
        HuberLoss(30.0), huber(30.0), kinks=(-30.0, 30.0)
    ),
    "log-cosh": Case(LogCosh(), log_cosh),
    "quantile-low": Case(
        QuantileLoss(1e-9), pinball(1e-9), kinks=(0.0,)
    ),
    "median": Case(QuantileLoss(0.5), pinball(0.5), kinks=(0.0,)),
    "quantile-high": Case(
        QuantileLoss(0.9), pinball(0.9), kinks=(0.0,)
    ),
}
