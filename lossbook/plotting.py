"""The one house style of the book's figures.

`figure` gives a chart and its axes, which are Matplotlib's own; a chart
shows itself as SVG that follows the page's width and its light or dark
mode. `loss_and_gradient` draws what most chapters need.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import (
    FixedLocator,
    FuncFormatter,
    LogLocator,
    NullFormatter,
    StrMethodFormatter,
)
from numpy.typing import ArrayLike, NDArray

from lossbook.svg import inline_svg

# Okabe and Ito's colours for every kind of colour vision, orange, sky and
# purple darkened until they stand out from white as well (3:1). A page may
# set --chart-blue and so on to suit its mode.
PALETTE = {
    "blue": "#0072b2",
    "vermillion": "#d55e00",
    "green": "#009e73",
    "purple": "#c56f9f",
    "orange": "#b97f00",
    "sky": "#3d97cb",
}

Dashes = tuple[int, tuple[float, ...]]
_SOLID: Dashes = (0, ())
_LONG: Dashes = (0, (6, 2))
_LONG_SHORT: Dashes = (0, (7, 1.5, 2, 1.5))
_SHORT: Dashes = (0, (3, 1.5))
_DOTS: Dashes = (0, (1, 1.3))
_DASHES = (_SOLID, _LONG, _LONG_SHORT, _SHORT, _DOTS)

# Every loss keeps its colour and its dashes through the whole book.
_STYLES: dict[str, tuple[str, Dashes]] = {
    "mse": ("vermillion", _SOLID),
    "mae": ("blue", _LONG),
    "huber": ("green", _LONG_SHORT),
    "log_cosh": ("purple", _SHORT),
    "quantile": ("orange", _DOTS),
    "cross_entropy": ("blue", _SOLID),
    "binary_cross_entropy": ("blue", _LONG_SHORT),
    "kl_div": ("green", _SHORT),
    "reverse_kl": ("orange", _LONG),
    "hinge": ("vermillion", _SOLID),
    "squared_hinge": ("orange", _SHORT),
    "exponential": ("purple", _DOTS),
    "multiclass_hinge": ("green", _LONG),
    "focal": ("green", _SOLID),
}

_WIDTH = 300  # of every chart, in units: 340 px on a phone
_FONT_SIZE = 12
_LINE = 2.0
_JUMP = 1e-6  # The least change of a gradient that is drawn as a jump,
_NEAR = 1e-9  # and the residuals within which it happens.
_INK = "black"  # the page's text colour in the SVG
_RC: Any = {
    "axes.edgecolor": _INK,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.labelsize": _FONT_SIZE,
    "axes.prop_cycle": cycler(
        color=list(PALETTE.values()),
        linestyle=[*_DASHES, _SOLID],
        linewidth=[_LINE] * len(PALETTE),
    ),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.titlelocation": "left",
    "axes.titlesize": _FONT_SIZE,
    "figure.facecolor": "none",
    "font.size": _FONT_SIZE,
    "grid.alpha": 0.2,
    "grid.color": _INK,
    "path.simplify": True,
    "svg.fonttype": "none",
    "text.parse_math": False,
    "xtick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
}


class Loss(Protocol):
    """What `loss_and_gradient` can draw: the losses of the book."""

    def loss(self, predictions: Any, targets: Any, /) -> float: ...
    def grad(
        self, predictions: Any, targets: Any, /
    ) -> NDArray[Any]: ...


class Chart(Figure):
    """A Matplotlib figure that shows itself in the style of the book."""

    def svg(self) -> str:
        """The chart as one `<svg>` element, to stand inside a page.

        Raises:
            ValueError: some text holds TeX, which an SVG cannot show.
        """
        self.settle()
        raw = io.StringIO()
        with mpl.rc_context(_RC):
            self.savefig(raw, format="svg")
        colours = {
            hex_: f"var(--chart-{n},{hex_})"
            for n, hex_ in PALETTE.items()
        }
        colours["#000000"] = "currentColor"
        return inline_svg(raw.getvalue(), _FONT_SIZE, colours)

    def settle(self) -> None:
        """Give every panel its final place."""
        for ax in self.axes:
            _finish(ax)
        with mpl.rc_context(_RC):
            self.draw_without_rendering()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        svg = self.svg()
        return {"image/svg+xml": svg, "text/html": svg}


def figure(
    ncols: int = 1,
    nrows: int = 1,
    *,
    height: float = 200,
    **options: Any,
) -> tuple[Chart, Any]:
    """An empty chart and its axes.

    Args:
        ncols, nrows: how many panels.
        height: of the whole chart; its width is 300 in the same units.
        options: more of what `Figure.subplots` takes, `sharex=True` say.

    Returns:
        The chart and its axes, shaped as `plt.subplots` shapes them. End a
        cell with the chart to show it.
    """
    with mpl.rc_context(_RC):
        chart = Chart(
            figsize=(_WIDTH / 72, height / 72),
            dpi=72,
            layout="constrained",
        )
        axes = chart.subplots(nrows, ncols, **options)
    for ax in chart.axes:
        ax.locator_params(steps=[1, 2, 5, 10])
        ax.tick_params(labelsize=_FONT_SIZE)
    return chart, axes


def style(slug: str) -> dict[str, Any]:
    """The colour and dashes of a loss, as keywords for `ax.plot`.

    Raises:
        ValueError: no loss has that slug.
    """
    if slug not in _STYLES:
        known = ", ".join(sorted(_STYLES))
        raise ValueError(
            f"no style for a loss {slug!r}; there are: {known}"
        )
    colour, dashes = _STYLES[slug]
    return _look(colour, dashes)


def _look(colour: str, dashes: Dashes) -> dict[str, Any]:
    return {
        "color": PALETTE[colour],
        "linestyle": dashes,
        "linewidth": _LINE,
    }


def zero_lines(ax: Axes) -> None:
    """Mark where each axis is zero with a thin line."""
    ax.axhline(0, color=_INK, linewidth=1, alpha=0.6, zorder=1)
    ax.axvline(0, color=_INK, linewidth=1, alpha=0.6, zorder=1)


def loss_and_gradient(
    losses: Mapping[str, Loss], residuals: ArrayLike
) -> Chart:
    """The loss of one sample on the left, its gradient on the right.

    Args:
        losses: the losses to draw by their labels, `{"MAE": MAE()}`.
            One alone needs no label and gets none.
        residuals: where to draw them, shape (m,), in increasing order.

    Returns:
        The chart; `chart.axes` holds its two panels. Where a gradient
        jumps the line is broken, and a dot shows its value at the kink.
    """
    xs = np.asarray(residuals, dtype=float)
    chart, (left, right) = figure(ncols=2, sharex=True)
    for ax, name in ((left, "loss"), (right, "gradient")):
        ax.set(xlabel="residual", ylabel=name)
        zero_lines(ax)
    looks = styles(map(_slug, losses.values()))
    for (label, loss), look in zip(losses.items(), looks, strict=True):
        values = [loss.loss(np.array([x]), np.zeros(1)) for x in xs]
        left.plot(xs, values, label=label, **look)
        lines, dots = _gradient_lines(loss, xs)
        right.plot(*lines, label=label, **look)
        right.plot(*dots, "o", color=look["color"], markersize=4)
    if len(losses) > 1:
        label_lines(right)
    return chart


def label_lines(ax: Axes) -> None:
    """Write the label of each line at its right end.

    Call it last: the labels stand where the lines end now. Labels that
    would overlap are moved apart, as little as possible, and a short line
    in the right colour leads to each.

    Raises:
        ValueError: a labelled line lies outside the axes.
        TypeError: the axes are not part of a `Chart`.
    """
    chart = ax.get_figure()
    if not isinstance(chart, Chart):
        raise TypeError(
            "label_lines wants axes that lossbook.plotting.figure made"
        )
    chart.settle()
    lines = [
        line
        for line in ax.get_lines()
        if not _label(line).startswith("_")
    ]
    ends = [_visible_end(line, ax) for line in lines]
    heights = [float(ax.transData.transform(end)[1]) for end in ends]
    lifts = _apart(heights, gap=1.2 * _FONT_SIZE) - heights
    for line, end, lift in zip(lines, ends, lifts, strict=True):
        ax.annotate(
            _label(line),
            xy=end,
            xytext=(0.9 * _FONT_SIZE, lift),
            textcoords="offset points",
            verticalalignment="center",
            fontsize=_FONT_SIZE,
            color=_INK,  # In its own colour it would be hard to read.
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": line.get_color(),
                "relpos": (0, 0.5),
                "shrinkA": 0,
                "shrinkB": 3,
                "linewidth": _LINE,
            },
        )


def _label(line: Line2D) -> str:
    return str(line.get_label())


def _visible_end(line: Line2D, ax: Axes) -> tuple[float, float]:
    x, y = np.asarray(line.get_xydata(), dtype=float).T
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    inside = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
    if not inside.any():
        raise ValueError(f"line {_label(line)!r} lies outside the axes")
    return float(x[inside][-1]), float(y[inside][-1])


def _apart(wanted: Sequence[float], gap: float) -> NDArray[np.float64]:
    """Positions at least `gap` apart, as near to the wanted ones as can be.

    Neighbours that are too close become a block around their common
    centre, and blocks that then touch become one.
    """
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(order))
    blocks: list[list[float]] = []
    for position in np.asarray(wanted)[order] - steps:
        blocks.append([position])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(
            blocks[-1]
        ):
            touching = blocks.pop()
            blocks[-1] += touching
    positions = np.empty(len(order))
    positions[order] = steps + [
        np.mean(block) for block in blocks for _ in block
    ]
    return positions


def styles(slugs: Iterable[str]) -> list[dict[str, Any]]:
    """The style of each; no two with one colour have the same dashes.

    What is no loss of the book is sky blue.
    """
    seen: set[tuple[str, Dashes]] = set()
    looks = []
    for slug in slugs:
        colour, own = _STYLES.get(slug, ("sky", _SOLID))
        dashes = next(
            dashes
            for dashes in (own, *_DASHES)
            if (colour, dashes) not in seen
        )
        seen.add((colour, dashes))
        looks.append(_look(colour, dashes))
    return looks


def _slug(loss: Loss) -> str:
    # From the name of the class: in a chapter its module is __main__.
    name = type(loss).__name__.removesuffix("Loss")
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _gradient_lines(
    loss: Loss, xs: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the gradient's line, broken where it jumps, and of its dots.

    Both have shape (2, m). Halving every interval towards its steeper
    half ends at its jump, if there is one.
    """

    def gradient(residuals: NDArray[np.float64]) -> NDArray[np.float64]:
        return (
            loss.grad(residuals, np.zeros_like(residuals))
            * residuals.size
        )

    def change(
        a: NDArray[np.float64], b: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return np.abs(gradient(b) - gradient(a))

    low, high = xs[:-1], xs[1:]
    for _ in range(40):
        middle = (low + high) / 2
        steeper_left = change(low, middle) > change(middle, high)
        low, high = (
            np.where(steeper_left, low, middle),
            np.where(steeper_left, middle, high),
        )
    # Rounded, since kinks are at round numbers: the value there is hit.
    kinks = np.round(high[change(low, high) > _JUMP], 9)
    xs = np.unique(
        np.concatenate([xs, kinks - _NEAR, kinks, kinks + _NEAR])
    )
    ys = gradient(xs)
    broken = (np.abs(np.diff(ys)) > _JUMP) & (np.diff(xs) < 2 * _NEAR)
    alone = np.append(False, broken) & np.append(broken, False)
    after = np.flatnonzero(broken) + 1
    points = np.array([xs, ys])
    return np.insert(points, after, np.nan, axis=1), points[:, alone]


def _finish(ax: Axes) -> None:
    """Settings that plotting would undo if they were made before."""
    if ax.get_ylabel():
        # Level and above its axis: turned text takes more room and reads worse.
        ax.set_title(ax.get_ylabel(), loc="left")
        ax.yaxis.label.set_visible(False)
    for axis, limits in (
        (ax.xaxis, ax.get_xlim()),
        (ax.yaxis, ax.get_ylim()),
    ):
        if axis.get_scale() == "log":
            _label_logarithmic(axis, *limits)
    for text in ax.findobj(Text):
        text.set_fontsize(_FONT_SIZE)


def _label_logarithmic(axis: Axis, low: float, high: float) -> None:
    """Plain text: what Matplotlib writes there by itself is TeX."""
    axis.set_minor_formatter(NullFormatter())
    if high / low < 100:  # Powers of ten alone would be too few.
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    else:
        first, last = np.ceil(np.log10(low)), np.floor(np.log10(high))
        # Matplotlib might label every thirteenth power.
        step = next(
            n
            for n in (1, 2, 3, 5, 10, 20, 50, 100, 200)
            if last - first < 6 * n
        )
        exponents = np.arange(
            np.ceil(first / step) * step, last + 1, step
        )
        axis.set_major_locator(FixedLocator((10.0**exponents).tolist()))
        axis.set_major_formatter(FuncFormatter(_power_of_ten))


def _power_of_ten(value: float, _: int) -> str:
    superscripts = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10" + f"{np.log10(value):.0f}".translate(superscripts)
