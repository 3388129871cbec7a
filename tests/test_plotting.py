import itertools
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib.figure
import numpy as np
import pytest
from matplotlib.text import Text

from lossbook.plotting import (
    PALETTE,
    Chart,
    figure,
    label_lines,
    loss_and_gradient,
    style,
)

SLUGS = ["mae", "mse", "huber", "log_cosh", "quantile"]
NEAR_BLACK = "#121212"


class MAE:
    def loss(self, predictions, targets):
        return float(
            np.sum(np.abs(predictions - targets)) / len(targets)
        )

    def grad(self, predictions, targets):
        return np.sign(predictions - targets) / len(targets)


class MSE:
    def loss(self, predictions, targets):
        return float(
            0.5 * np.sum((predictions - targets) ** 2) / len(targets)
        )

    def grad(self, predictions, targets):
        return (predictions - targets) / len(targets)


class HuberLoss:
    def __init__(self, delta):
        self.delta = delta

    def loss(self, predictions, targets):
        r = np.abs(predictions - targets)
        d = self.delta
        return float(
            np.sum(np.where(r < d, r**2 / 2, d * r - d**2 / 2))
            / len(targets)
        )

    def grad(self, predictions, targets):
        return np.clip(
            predictions - targets, -self.delta, self.delta
        ) / len(targets)


class LogCosh:
    def loss(self, predictions, targets):
        return float(
            np.sum(np.log(np.cosh(predictions - targets)))
            / len(targets)
        )

    def grad(self, predictions, targets):
        return np.tanh(predictions - targets) / len(targets)


class QuantileLoss:
    def __init__(self, tau):
        self.tau = tau

    def loss(self, predictions, targets):
        r = predictions - targets
        return float(
            np.sum(np.maximum(-self.tau * r, (1 - self.tau) * r))
            / len(r)
        )

    def grad(self, predictions, targets):
        r = predictions - targets
        return (np.sign(r) / 2 + 0.5 - self.tau) / len(r)


class StepAt:
    """Its gradient jumps from 0 to 1 at `kink` and nowhere else."""

    def __init__(self, kink):
        self.kink = kink

    def loss(self, predictions, targets):
        return float(
            np.sum(np.maximum(predictions - self.kink, 0))
            / len(targets)
        )

    def grad(self, predictions, targets):
        return (predictions > self.kink) / len(targets)


def five_losses():
    return {
        "MAE": MAE(),
        "MSE": MSE(),
        "Huber, δ=1": HuberLoss(1.0),
        "log-cosh": LogCosh(),
        "quantile, τ=0.9": QuantileLoss(0.9),
    }


def five_curves():
    return loss_and_gradient(five_losses(), np.linspace(-3, 3, 301))


def free_chart():
    chart, ax = figure()
    ax.plot([0, 1, 2], [1, 3, 2], "o", color="black")
    ax.plot([0, 1, 2], [1, 2, 3], label="fit", **style("mse"))
    ax.fill_between([0, 1, 2], [0, 1, 2], alpha=0.2)
    ax.set(xlabel="x", ylabel="y")
    label_lines(ax)
    return chart


def log_chart():
    chart, ax = figure(height=180)
    ax.semilogy(
        np.arange(60), 0.8 ** np.arange(60), label="MSE", **style("mse")
    )
    ax.set(xlabel="step", ylabel="loss")
    return chart


CHARTS = [five_curves, free_chart, log_chart]


def root_of(chart):
    return ElementTree.fromstring(chart.svg())


def texts_of(chart):
    return {
        e.text: e
        for e in root_of(chart).iter()
        if e.tag.endswith("}text")
    }


@pytest.mark.parametrize("make", CHARTS)
def test_a_chart_is_one_svg_element_that_fits_any_width(make):
    svg = make().svg()
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    root = ElementTree.fromstring(svg)
    assert root.get("width") == "100%"
    assert "height" not in root.attrib
    assert re.fullmatch(r"0 0 300 \d+", root.get("viewBox"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {
        "svg",
        "style",
        "g",
        "path",
        "text",
        "use",
        "defs",
        "clipPath",
        "rect",
    }


@pytest.mark.parametrize("make", CHARTS)
def test_the_rules_of_a_chart_touch_nothing_else_on_the_page(make):
    rules = "".join(
        e.text
        for e in root_of(make()).iter()
        if e.tag.endswith("}style")
    )
    selectors = re.findall(r"(?:^|[{}])([^{}@]+)\{", rules)
    assert selectors
    assert all(selector.startswith(".chart ") for selector in selectors)


@pytest.mark.parametrize("make", CHARTS)
def test_colours_are_the_pages_own_or_of_the_palette(make):
    svg = make().svg()
    allowed = {
        f"var(--chart-{name},{colour})"
        for name, colour in PALETTE.items()
    }
    used = set(re.findall(r"(?:fill|stroke):([^;\"]+)", svg))
    assert "currentColor" in used
    assert used <= allowed | {"currentColor", "none"}
    assert ElementTree.fromstring(svg).get("fill") == "currentColor"


@pytest.mark.parametrize("make", CHARTS)
def test_text_is_text_of_at_least_13_px_on_a_phone(make):
    root = root_of(make())
    texts = [e for e in root.iter() if e.tag.endswith("}text")]
    assert len(texts) > 5
    assert not any("font" in str(e.attrib) for e in texts), (
        "a size of its own"
    )
    width = float(root.get("viewBox").split()[2])
    assert float(root.get("font-size")) * 340 / width >= 13


@pytest.mark.parametrize("make", CHARTS)
def test_nothing_is_drawn_beyond_the_frame(make):
    chart = make()
    chart.svg()
    for ax in chart.axes:
        box = ax.get_tightbbox()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= chart.bbox.x1
        assert box.y1 <= chart.bbox.y1


def test_ids_are_needed_and_clash_with_no_other_chart():
    all_ids = []
    for make in CHARTS:
        svg = make().svg()
        ids = re.findall(r' id="([^"]+)"', svg)
        assert ids, "clip paths need ids"
        assert set(ids) == set(
            re.findall(r'(?:url\(|href=")#([\w-]+)', svg)
        )
        all_ids += ids
    assert len(all_ids) == len(set(all_ids))


def test_two_panels_of_five_curves_are_light():
    assert len(five_curves().svg().encode()) < 25_000


def test_a_chart_is_the_same_bytes_every_time():
    chart = five_curves()
    assert chart.svg() == chart.svg()
    assert chart.svg() == five_curves().svg()


def test_a_chart_is_the_same_bytes_in_every_process():
    program = "import test_plotting as t; print(t.five_curves().svg(), end='')"
    svgs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=os.path.dirname(__file__),
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    }
    assert svgs == {five_curves().svg()}


def test_a_chart_shows_itself_the_same_in_jupyter_and_on_the_site():
    chart = free_chart()
    bundle = chart._repr_mimebundle_()
    assert bundle == {
        "image/svg+xml": chart.svg(),
        "text/html": chart.svg(),
    }


def test_figures_need_no_pyplot():
    program = (
        "import sys, lossbook.plotting as p; p.figure()[0].svg();"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program]).returncode == 0
    )


def linear_rgb(colour):
    srgb = np.array(
        [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    )
    return np.where(
        srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4
    )


def contrast(a, b):
    """WCAG 2.2's contrast ratio."""
    luminances = [
        linear_rgb(c) @ [0.2126, 0.7152, 0.0722] for c in (a, b)
    ]
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(
        4.48, abs=0.005
    )


@pytest.mark.parametrize("background", ["#ffffff", NEAR_BLACK])
@pytest.mark.parametrize("name", PALETTE)
def test_colours_stand_out_in_light_and_dark(name, background):
    assert contrast(PALETTE[name], background) >= 3


def test_every_loss_has_a_look_of_its_own():
    looks = [style(slug) for slug in SLUGS]
    assert len({look["color"] for look in looks}) == len(SLUGS)
    assert len({look["linestyle"] for look in looks}) == len(SLUGS)


def test_an_unknown_loss_has_no_style():
    with pytest.raises(ValueError, match=r"'hubber'.*huber.*log_cosh"):
        style("hubber")


def test_losses_keep_their_look_in_both_panels():
    for ax in five_curves().axes:
        lines = [
            line
            for line in ax.get_lines()
            if line.get_label()[0] != "_"
        ]
        colours = [line.get_color() for line in lines]
        assert colours == [style(slug)["color"] for slug in SLUGS]


def test_the_same_loss_twice_differs_in_its_dashes_only():
    losses = {f"δ={d}": HuberLoss(d) for d in (0.5, 1, 2)}
    left = loss_and_gradient(losses, [-1.0, 0.0, 1.0]).axes[0]
    lines = [
        line for line in left.get_lines() if line.get_label()[0] == "δ"
    ]
    assert {line.get_color() for line in lines} == {
        style("huber")["color"]
    }
    dashes = {str(line._unscaled_dash_pattern) for line in lines}
    assert len(dashes) == 3


def test_the_curves_are_the_loss_and_gradient_of_one_sample():
    chart = loss_and_gradient({"MSE": MSE()}, [-2.0, 1.0, 3.0])
    loss, gradient = (
        ax.get_lines()[2].get_xydata().tolist() for ax in chart.axes
    )
    assert loss == [[-2, 2], [1, 0.5], [3, 4.5]]  # residual²/2
    assert gradient == [[-2, -2], [1, 1], [3, 3]]


def gradient_lines(loss, residuals):
    chart = loss_and_gradient({"": loss}, residuals)
    line, dots = chart.axes[1].get_lines()[2:]
    return line.get_xydata(), dots.get_xydata().tolist()


@pytest.mark.parametrize(
    "count", [2, 6, 7, 300, 301], ids="{} residuals".format
)
@pytest.mark.parametrize(
    ("loss", "below", "at", "above"),
    [(MAE(), -1, 0, 1), (QuantileLoss(0.9), -0.9, -0.4, 0.1)],
    ids=["mae", "quantile"],
)
def test_a_jump_is_a_gap_with_a_dot(loss, below, at, above, count):
    points, dots = gradient_lines(loss, np.linspace(-3, 3, count))
    assert dots == [[0, pytest.approx(at)]]
    x, y = points.T
    assert y[x < -1e-8] == pytest.approx(below)
    assert y[x > 1e-8] == pytest.approx(above)
    joined = np.diff(y)[np.isfinite(np.diff(y))]
    assert joined == pytest.approx(0), (
        "a line joins both sides of the jump"
    )
    assert x[y == y[0]][-1] == pytest.approx(0, abs=1e-8), (
        "the gap is wide"
    )
    assert x[y == y[-1]][0] == pytest.approx(0, abs=1e-8), (
        "the gap is wide"
    )


def test_a_jump_is_found_wherever_it_is():
    points, dots = gradient_lines(
        StepAt(np.pi / 3), np.linspace(-3, 3, 50)
    )
    gap = np.flatnonzero(np.isnan(points[:, 1]))
    assert len(gap) == 1
    assert points[gap[0] - 1, 0] == pytest.approx(np.pi / 3, abs=1e-8)
    assert points[gap[0] + 1, 0] == pytest.approx(np.pi / 3, abs=1e-8)
    assert dots == []  # The value at the kink is the one on its left.


@pytest.mark.parametrize("loss", [MSE(), LogCosh(), HuberLoss(0.01)])
def test_a_continuous_gradient_is_one_line(loss):
    points, dots = gradient_lines(loss, np.linspace(-3, 3, 40))
    assert np.isfinite(points).all()
    assert dots == []


def label_boxes(ax):
    """The boxes of the texts, without the lines that lead to them."""
    boxes = [Text.get_window_extent(text) for text in ax.texts]
    return sorted(boxes, key=lambda box: box.y0)


def test_labels_that_would_overlap_are_moved_apart():
    chart, ax = figure()
    for i, height in enumerate([1, 1, 1.001, 5, 1.1]):
        ax.plot([0, 1], [0, height], label=f"line {i}")
    label_lines(ax)
    chart.svg()
    boxes = label_boxes(ax)
    assert len(boxes) == 5
    for lower, upper in itertools.pairwise(boxes):
        assert lower.y1 <= upper.y0
    assert all(box.x1 <= chart.bbox.x1 for box in boxes)


def test_labels_are_text_in_the_pages_colour_tied_to_their_lines():
    chart, ax = figure()
    ax.plot([0, 1], [0, 1], label="MAE", **style("mae"))
    label_lines(ax)
    assert "fill" not in texts_of(chart)["MAE"].get("style")
    assert chart.svg().count("stroke:var(--chart-blue") == 2


def test_labels_keep_the_order_of_their_lines():
    ax = five_curves().axes[1]
    order = [
        t.get_text()
        for t in sorted(
            ax.texts, key=lambda t: t.get_window_extent().y0
        )
    ]
    assert order[0] == "quantile, τ=0.9"
    assert order[-1] == "MSE"


def test_a_label_with_room_stands_level_with_its_line():
    chart, ax = figure()
    ax.plot([0, 1], [0, 1], label="low")
    ax.plot([0, 1], [0, 9], label="high")
    label_lines(ax)
    chart.svg()
    ends = ax.transData.transform([[1, 1], [1, 9]])[:, 1]
    centres = [(box.y0 + box.y1) / 2 for box in label_boxes(ax)]
    assert centres == pytest.approx(ends, abs=2)


def test_a_line_that_leaves_the_axes_is_labelled_where_it_leaves():
    _, ax = figure()
    ax.plot(
        np.linspace(0, 10, 101), np.linspace(0, 10, 101), label="steep"
    )
    ax.set(xlim=(0, 10), ylim=(0, 4))
    label_lines(ax)
    assert ax.texts[0].xy == pytest.approx((4, 4))


def test_lines_without_a_label_get_none():
    _, ax = figure()
    ax.plot([0, 1], [0, 1])
    label_lines(ax)
    assert len(ax.texts) == 0


def test_a_line_outside_the_axes_cannot_be_labelled():
    _, ax = figure()
    ax.plot([0, 1], [5, 6], label="far")
    ax.set_ylim(0, 1)
    with pytest.raises(ValueError, match="'far' lies outside"):
        label_lines(ax)


def test_only_charts_can_be_labelled():
    ax = matplotlib.figure.Figure().subplots()
    with pytest.raises(TypeError, match=r"lossbook\.plotting\.figure"):
        label_lines(ax)


def test_one_loss_alone_has_no_label():
    chart = loss_and_gradient({"MAE": MAE()}, [-1.0, 1.0])
    assert "MAE" not in chart.svg()


def test_the_y_label_stands_level_above_its_axis():
    chart = free_chart()
    assert chart.svg().count(">y</text>") == 1
    label = texts_of(chart)["y"]
    assert "transform" not in label.attrib
    numbers = [
        t for text, t in texts_of(chart).items() if text in ("0", "2")
    ]
    assert numbers
    assert all(
        float(label.get("y")) < float(n.get("y")) for n in numbers
    )


def test_logarithmic_axes_are_labelled_in_plain_text():
    texts = texts_of(log_chart())
    assert "10⁻²" in texts
    assert not any("$" in text for text in texts)


def test_a_short_logarithmic_axis_has_more_than_powers_of_ten():
    chart, ax = figure()
    ax.semilogy([0, 1, 2], [0.4, 1, 3], label="MSE")
    assert {"0.5", "1", "2"} <= set(texts_of(chart))


@pytest.mark.parametrize(
    ("lowest", "labels"),
    [
        (-3, ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]),
        (-9, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]),
        (-60, ["10⁻⁶⁰", "10⁻⁴⁰", "10⁻²⁰", "10⁰"]),
    ],
)
def test_a_long_logarithmic_axis_has_few_round_powers(lowest, labels):
    chart, ax = figure()
    ax.semilogy([0, 1], [10.0**lowest, 1])
    assert [
        text for text in texts_of(chart) if text[:2] == "10"
    ] == labels


def test_tex_is_refused():
    chart, ax = figure()
    ax.set_xlabel(r"$\delta$")
    with pytest.raises(ValueError, match=r"TeX in a figure: '\$"):
        chart.svg()


def test_figure_makes_panels_as_subplots_does():
    chart, axes = figure(ncols=2, nrows=2, height=300, sharex=True)
    assert isinstance(chart, Chart)
    assert axes.shape == (2, 2)
    assert root_of(chart).get("viewBox") == "0 0 300 300"
