"""gradcheck accepts right gradients and explains wrong ones."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossbook.gradcheck import GradientError, gradcheck
from lossbook.losses import (
    MAE,
    MSE,
    HuberLoss,
    LogCosh,
    Loss,
    QuantileLoss,
)
from lossbook.numerics import log_softmax, one_hot, softmax

PREDICTIONS = np.array([[-2.0], [0.5], [1.3], [4.0]])
TARGETS = np.array([[1.0], [0.1], [1.0], [1.0]])

Change = Callable[[np.ndarray, np.ndarray], np.ndarray]


def with_grad(loss: Loss, change: Change) -> Loss:
    """The loss with its gradient, given residuals, changed."""

    class Changed(Loss):
        def loss(self, predictions, targets):
            return loss.loss(predictions, targets)

        def grad(self, predictions, targets):
            residual = predictions - targets
            return change(loss.grad(predictions, targets), residual)

    return Changed()


class SoftmaxCrossEntropy:
    """Over logits (n, K), one-hot targets; no subclass of Loss."""

    def loss(self, logits: np.ndarray, targets: np.ndarray) -> float:
        return -np.sum(targets * log_softmax(logits)) / len(targets)

    def grad(
        self, logits: np.ndarray, targets: np.ndarray
    ) -> np.ndarray:
        return (softmax(logits) - targets) / len(targets)


class LabelCrossEntropy(SoftmaxCrossEntropy):
    """The same over integer labels (n,)."""

    def loss(self, logits: np.ndarray, targets: np.ndarray) -> float:
        return super().loss(logits, one_hot(targets, logits.shape[1]))

    def grad(
        self, logits: np.ndarray, targets: np.ndarray
    ) -> np.ndarray:
        return super().grad(logits, one_hot(targets, logits.shape[1]))


class Contrastive:
    """Every element's loss depends on the whole batch."""

    def loss(self, scores: np.ndarray, targets: np.ndarray) -> float:
        return -float(np.sum(np.diag(log_softmax(scores / 0.1)))) / len(
            targets
        )

    def grad(
        self, scores: np.ndarray, targets: np.ndarray
    ) -> np.ndarray:
        return (
            (softmax(scores / 0.1) - np.eye(len(scores)))
            / 0.1
            / len(targets)
        )


# right gradients

LOSSES = [
    MAE(),
    MSE(),
    HuberLoss(),
    HuberLoss(0.05),
    LogCosh(),
    QuantileLoss(0.5),
    QuantileLoss(0.9),
]
each_loss = pytest.mark.parametrize("loss", LOSSES)


@each_loss
@pytest.mark.parametrize("shape", [(6,), (4, 3), (2, 2, 3)])
def test_right_gradients_pass(
    loss: Loss, shape: tuple[int, ...]
) -> None:
    predictions, targets = np.random.default_rng(2).normal(
        size=(2, *shape)
    )
    # What a difference quotient in float64 can reach.
    assert 0 <= gradcheck(loss, predictions, targets) < 1e-9


@each_loss
@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e9])
def test_right_gradients_pass_at_every_scale(
    loss: Loss, scale: float
) -> None:
    predictions, targets = scale * np.random.default_rng(3).normal(
        size=(2, 6)
    )
    gradcheck(loss, predictions, targets)
    gradcheck(loss, predictions + 1e6, targets + 1e6)


@each_loss
@given(st.floats(-3, 3))
def test_right_gradients_pass_everywhere(
    loss: Loss, residual: float
) -> None:
    """On kinks, and however near to them."""
    gradcheck(loss, [residual, 0.0], [0.0, 0.3])


@each_loss
@pytest.mark.parametrize("offset", [0.0, *np.logspace(-16, -1, 31)])
def test_right_gradients_pass_beside_every_kink(
    loss: Loss, offset: float
) -> None:
    kinks = np.array([0, 0.05, -0.05, 1, -1])
    gradcheck(loss, kinks + offset, np.zeros(5))
    gradcheck(loss, kinks - offset, np.zeros(5))


@each_loss
def test_an_inexact_gradient_is_forgiven(loss: Loss) -> None:
    changed = with_grad(loss, lambda grad, _: grad * (1 + 1e-9))
    assert gradcheck(changed, PREDICTIONS, TARGETS) < 2e-9


def test_a_flat_loss_passes() -> None:
    class Hinge:
        def loss(self, scores: np.ndarray, signs: np.ndarray) -> float:
            return float(np.sum(np.maximum(0, 1 - signs * scores)))

        def grad(
            self, scores: np.ndarray, signs: np.ndarray
        ) -> np.ndarray:
            return -signs * (signs * scores < 1)

    assert gradcheck(Hinge(), [2.0, -3.0], [1.0, -1.0]) == 0


def test_losses_over_logits() -> None:
    logits = 3 * np.random.default_rng(4).normal(size=(5, 4))
    labels = np.array([0, 3, 1, 1, 2])
    targets = one_hot(labels, 4)
    assert gradcheck(SoftmaxCrossEntropy(), logits, targets) < 1e-9
    assert gradcheck(LabelCrossEntropy(), logits, labels) < 1e-9
    assert gradcheck(Contrastive(), logits[:4], labels[:4]) < 1e-8
    with pytest.raises(
        GradientError, match=r"index \(0, 0\).*target 0\)"
    ):
        gradcheck(with_logits_grad(np.negative), logits, labels)


def with_logits_grad(change: Callable[[np.ndarray], np.ndarray]):
    class Changed(LabelCrossEntropy):
        def grad(
            self, logits: np.ndarray, targets: np.ndarray
        ) -> np.ndarray:
            return change(super().grad(logits, targets))

    return Changed()


def test_inputs_become_float64_and_stay_as_they_were() -> None:
    predictions = PREDICTIONS.astype("float32")
    predictions.flags.writeable = False
    assert (
        gradcheck(LogCosh(), predictions, TARGETS.astype("float32"))
        < 1e-9
    )
    assert gradcheck(MSE(), [1, 2, 3], [3, 1, 5]) < 1e-9


# wrong gradients


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda grad, _: -grad,
            "`grad` differs at index (0, 0): yours 0.75, expected -0.75 "
            "(prediction -2.0, target 1.0). The sign is flipped: is it "
            "target - prediction? 4 of 4 slopes are wrong.",
        ),
        (
            lambda grad, _: 4 * grad,
            "A factor 4 off: the division by the batch size 4 is missing.",
        ),
        (
            lambda grad, _: -4 * grad,
            "The sign is flipped: is it target - prediction? "
            "A factor 4 off: the division by the batch size 4 is missing.",
        ),
        (
            lambda grad, _: grad / 4,
            "A factor 0.25 off: it is divided by the batch size 4 twice.",
        ),
        (
            lambda grad, _: 2 * grad,
            "A factor 2 off: a factor ½ is missing.",
        ),
        (
            lambda grad, _: grad / 2,
            "A factor 0.5 off: a factor 2 is missing.",
        ),
        (
            lambda grad, _: 3 * grad,
            "target 1.0). 4 of 4 slopes are wrong.",
        ),
        (lambda grad, _: grad * (1 + 1e-7), "4 of 4 slopes are wrong."),
        (
            lambda grad, _: np.full_like(grad, 0.75),
            "yours 0.75, expected -0.75 (prediction -2.0, target 1.0). "
            "3 of 4 slopes are wrong.",
        ),
        (lambda grad, _: 0 * grad, "yours -0, expected -0.75"),
        (
            lambda grad, residual: np.where(residual > 1, 0.25, grad),
            "index (3, 0): yours 0.25, expected 0.75 (prediction 4.0, "
            "target 1.0). 1 of 4 slopes are wrong.",
        ),
        (
            lambda grad, residual: np.where(residual > 1, np.nan, grad),
            "index (3, 0): yours nan, expected 0.75 (prediction 4.0, "
            "target 1.0). NaN comes from",
        ),
        (lambda grad, _: grad + np.inf, "yours inf, expected -0.75"),
        (
            lambda grad, _: grad.ravel(),
            "`grad` has shape (4,), predictions have shape (4, 1).",
        ),
        (lambda grad, _: grad.sum(), "`grad` has shape ()"),
    ],
)
def test_wrong_gradients_are_explained(
    change: Change, message: str
) -> None:
    with pytest.raises(GradientError) as error:
        gradcheck(with_grad(MSE(), change), PREDICTIONS, TARGETS)
    assert message in str(error.value)


@each_loss
@pytest.mark.parametrize("factor", [-1, 4, 2, 0.5, 0.25, 0, 1 + 1e-7])
def test_a_factor_is_noticed_in_every_loss(
    loss: Loss, factor: float
) -> None:
    changed = with_grad(loss, lambda grad, _: factor * grad)
    with pytest.raises(AssertionError, match="4 of 4 slopes") as error:
        gradcheck(changed, PREDICTIONS, TARGETS)
    assert "kink" not in str(error.value)


@pytest.mark.parametrize("place", [1e6, 1e12, 1e30])
def test_a_wrong_gradient_is_noticed_far_out(place: float) -> None:
    flipped = with_grad(MAE(), lambda grad, _: -grad)
    with pytest.raises(GradientError, match="yours -1, expected 1 "):
        gradcheck(flipped, [2 * place], [place])


def test_a_mean_over_elements_is_named() -> None:
    predictions, targets = np.random.default_rng(6).normal(
        size=(2, 3, 5)
    )
    changed = with_grad(MSE(), lambda grad, _: grad / 5)
    with pytest.raises(
        GradientError, match="by all 15 elements, not by 3"
    ):
        gradcheck(changed, predictions, targets)


def test_causes_that_look_alike_are_all_named() -> None:
    changed = with_grad(MSE(), lambda grad, _: 2 * grad)
    with pytest.raises(
        GradientError, match=r"batch size 2 is missing, or .* ½"
    ):
        gradcheck(changed, [1.0, 2.0], [0.0, 0.0])


def test_the_wrong_branch() -> None:
    unclipped = with_grad(HuberLoss(), lambda _, residual: residual / 4)
    with pytest.raises(
        GradientError, match=r"\(0, 0\).* 2 of 4 slopes"
    ):
        gradcheck(unclipped, PREDICTIONS, TARGETS)


# kinks


@pytest.mark.parametrize("slope", [-0.5, 0, 0.3, 0.5])
def test_any_subgradient_will_do_at_a_kink(slope: float) -> None:
    changed = with_grad(
        MAE(),
        lambda grad, residual: np.where(residual == 0, slope, grad),
    )
    assert gradcheck(changed, [1.0, 2.0], [1.0, 0.0]) < 1e-9


@pytest.mark.parametrize("slope", [-0.6, 0.51, np.nan])
def test_outside_the_two_slopes_of_a_kink(slope: float) -> None:
    changed = with_grad(
        MAE(),
        lambda grad, residual: np.where(residual == 0, slope, grad),
    )
    with pytest.raises(
        GradientError, match=r"-0\.5 to 0\.5, for it is a kink"
    ):
        gradcheck(changed, [1.0, 2.0], [1.0, 0.0])


@pytest.mark.parametrize("distance", [1e-5, 1e-3, 0.1])
def test_no_freedom_beside_a_kink(distance: float) -> None:
    changed = with_grad(MAE(), lambda grad, _: 0 * grad)
    with pytest.raises(GradientError, match="2 of 2 slopes"):
        gradcheck(changed, [distance, -distance], [0.0, 0.0])


def test_a_change_of_curvature_is_no_kink() -> None:
    changed = with_grad(HuberLoss(), lambda grad, _: grad * (1 + 1e-6))
    with pytest.raises(GradientError, match="expected 1 "):
        gradcheck(changed, [1.0], [0.0])


# what cannot be checked


@pytest.mark.parametrize("nothing", [1.0, [], np.zeros((0, 2))])
def test_nothing_to_check(nothing: object) -> None:
    with pytest.raises(
        ValueError, match=r"shape \(n, ...\) with n > 0"
    ):
        gradcheck(MSE(), nothing, nothing)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_loss_that_is_not_finite(value: float) -> None:
    with pytest.raises(
        ValueError, match=r"predictions\[0\] = 1.0 is not finite"
    ):
        gradcheck(MSE(), [1.0, value], [0.0, 0.0])


def test_a_loss_at_the_edge_of_its_domain() -> None:
    class NegativeLog:
        def loss(
            self, predictions: np.ndarray, targets: np.ndarray
        ) -> float:
            return float(-np.sum(targets * np.log(predictions)))

        def grad(
            self, predictions: np.ndarray, targets: np.ndarray
        ) -> np.ndarray:
            return -targets / predictions

    # Steps across 0 give NaN and are passed over; on 0 there are no others.
    assert gradcheck(NegativeLog(), [0.01], [1.0]) < 1e-8
    with pytest.raises(ValueError, match="not finite"):
        gradcheck(NegativeLog(), [0.0], [1.0])


def test_text_for_a_gradient() -> None:
    changed = with_grad(MSE(), lambda grad, _: grad.astype(str))
    with pytest.raises(TypeError, match="`grad` must be real numbers"):
        gradcheck(changed, PREDICTIONS, TARGETS)
