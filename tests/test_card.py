"""The pictures of the cheat sheet draw what our classes compute."""

import numpy as np
import pytest

from lossbook import losses
from lossbook.card import Lines, thumbnail
from lossbook.formulas import (
    cross_entropy,
    hinge,
    huber,
    kl_div,
    log_cosh,
    mae,
    multiclass_hinge,
)


def lines_of(chart):
    """What is drawn beside the zero lines: the loss and the gradient."""
    lines = [
        line
        for line in chart.axes[0].lines
        if len(line.get_xdata()) > 2
    ]
    return [np.array(line.get_data()) for line in lines]


# A sample of which one prediction is x, at index 0.
SAMPLES = {
    "huber": (
        thumbnail(huber, y=0, delta=2),
        losses.HuberLoss(delta=2),
        lambda x: ([x], [0]),
    ),
    "cross_entropy": (
        thumbnail(cross_entropy, z_2=0.5, w_1=1, w_2=0),
        losses.CrossEntropy(),
        lambda x: ([[x, 0.5]], [0]),
    ),
    "kl_div": (
        thumbnail(kl_div, z_2=0, w_1=4, w_2=1),
        losses.KLDivLoss(),
        lambda x: ([[x, 0]], [[0.8, 0.2]]),
    ),
    "hinge": (
        thumbnail(hinge, y=-1),
        losses.HingeLoss(),
        lambda x: ([x], [-1]),
    ),
    "multiclass_hinge": (
        thumbnail(multiclass_hinge, z_2=0, z_3=1),
        losses.MultiClassHinge(),
        lambda x: ([[x, 0, 1]], [0]),
    ),
}


@pytest.mark.parametrize(
    ("chart", "loss", "sample"), SAMPLES.values(), ids=SAMPLES
)
def test_the_curves_are_the_loss_and_the_gradient(chart, loss, sample):
    (xs, heights), (_, slopes) = lines_of(chart)
    assert xs[0] == -3
    assert xs[-1] == 3
    expected = [loss.loss(*sample(x)) for x in xs]
    np.testing.assert_allclose(
        heights, expected, rtol=1e-12, atol=1e-15
    )
    expected = [loss.grad(*sample(x)).flat[0] for x in xs]
    drawn = np.isfinite(slopes)
    np.testing.assert_allclose(
        slopes[drawn], np.array(expected)[drawn], rtol=1e-12, atol=1e-15
    )
    assert np.mean(drawn) > 0.98


def test_a_gradient_that_jumps_is_broken_there_and_nowhere_else():
    _, (xs, slopes) = lines_of(thumbnail(mae, y=0))
    [gap] = xs[np.isnan(slopes)].reshape(1, -1)
    assert gap[0] == pytest.approx(0, abs=1e-12)
    assert gap[-1] < 0.03
    _, (_, slopes) = lines_of(thumbnail(huber, y=0, delta=1))
    assert np.isfinite(slopes).all()


def test_a_symbol_without_a_value_is_named():
    with pytest.raises(ValueError, match="no value for delta"):
        thumbnail(huber, y=0)


def test_the_lines_are_the_formula_its_stable_form_and_the_gradient():
    first, stable, gradient = Lines(log_cosh).rows
    assert r"\cosh" in first
    assert "log1p" in stable
    assert gradient.startswith(
        r"\frac{\partial L}{\partial \hat{y}} &="
    )
    assert r"\tanh" in gradient
    assert len(Lines(mae).rows) == 2
    other = cross_entropy.simplified.result
    assert len(Lines(cross_entropy, other).rows) == 3
