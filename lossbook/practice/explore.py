"""An explorer as a notebook shows it: a figure that stands still."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy as sp
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lossbook.plotting import (
    Chart,
    figure,
    label_lines,
    styles,
    zero_lines,
)
from lossbook.practice.explorers import Curve, Explorer, load
from lossbook.symbolic.formula import in_numpy

NEAR = 1e-9  # from a kink to either side, as far as a picture can tell


def explore(slug: str) -> Chart:
    """The losses and the gradients of an explorer, side by side.

    Raises:
        ValueError: There is no explorer of that name.
    """
    return drawn(load(slug))


def drawn(explorer: Explorer) -> Chart:
    axis = explorer.axis
    chart, (left, right) = figure(ncols=2, sharex=True)
    looks = styles(curve.style for curve in explorer.curves)
    for curve, look in zip(explorer.curves, looks, strict=True):
        if curve.shown:
            draw(left, curve.loss, curve, explorer, look)
            draw(right, curve.gradient, curve, explorer, look)
            slope = values(explorer, curve.gradient, curve.kinks)
            right.plot(
                curve.kinks, slope, "o", color=look["color"], ms=4
            )
    for ax, name, ends in (
        (left, "loss", explorer.losses),
        (right, "gradient", explorer.gradients),
    ):
        zero_lines(ax)
        ax.locator_params(axis="x", nbins=4)
        ax.set(xlim=(axis.low, axis.high), ylim=ends)
        ax.set(xlabel=axis.label, ylabel=name)
    label_lines(right)
    return chart


def draw(
    ax: Axes,
    expr: sp.Expr,
    curve: Curve,
    explorer: Explorer,
    look: dict[str, Any],
) -> None:
    low, high = explorer.axis.low, explorer.axis.high
    kinks = np.asarray(curve.kinks, dtype=float)
    around = np.concatenate([kinks - NEAR, kinks, kinks + NEAR])
    xs = np.unique(np.append(np.linspace(low, high, 241), around))
    ys = values(explorer, expr, xs)
    if expr is curve.gradient:
        ys[np.isin(xs, kinks)] = np.nan
    ax.plot(xs, ys, label=curve.label, **look)


def values(
    explorer: Explorer,
    expr: sp.Expr,
    xs: Sequence[float] | NDArray[Any],
) -> NDArray[np.float64]:
    """The expression along the axis, with all sliders where they begin."""
    function = in_numpy(explorer.arguments, expr)
    first = [slider.value for slider in explorer.sliders]
    found = function(np.asarray(xs, dtype=float), *first)
    return np.broadcast_to(found, np.shape(xs)).astype(float)
