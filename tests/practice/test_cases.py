"""What the cases call right, against the formulas and PyTorch-like code."""

import json
from functools import cache

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

from lossbook.formulas import cross_entropy, kl_div
from lossbook.practice import cases, challenges, truth
from lossbook.practice.judge import judge_object
from lossbook.practice.values import argument, expected_numbers
from lossbook.symbolic.unfold import concrete, evaluated, unfold

CHALLENGES = {
    challenge.id: challenge
    for chapter in challenges.slugs()
    for challenge in challenges.load(chapter)
}
MISTAKES = [
    pytest.param(name, which, id=f"{name}-{which}")
    for name, challenge in CHALLENGES.items()
    for which in range(len(challenge.fields.get("mistakes", [])))
]


@cache
def package(name):
    return cases.package(CHALLENGES[name])


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_package_is_small_plain_json_with_the_stub(name):
    text = package(name)
    content = json.loads(text, parse_constant=pytest.fail)
    assert len(text.encode()) < 8500
    assert content["id"] == name
    assert content["stub"] == CHALLENGES[name].stub


def test_a_package_is_the_same_every_time():
    challenge = CHALLENGES["huber-grad"]
    assert cases.package(challenge) == cases.package(challenge)


@pytest.mark.parametrize(
    ("formula", "of"),
    [
        (cross_entropy, truth.share_slopes),
        (kl_div, truth.share_slopes),
        (kl_div, truth.divergence),
        (cross_entropy, truth.label_cost_of_logits),
    ],
)
def test_what_has_no_formula_for_any_k_agrees_with_that_of_three(
    formula, of
):
    size = {formula.K: 3, formula.k: 2}
    z, w = [0.5, -1.25, 2.0], [0.25, 0.5, 0.25]
    if of is truth.label_cost_of_logits:
        w = [0.0, 1.0, 0.0]
    slope = of is truth.share_slopes
    expr = formula.gradient.result if slope else formula.formula.loss
    with sp.evaluate(True):
        where = formula.formula.where
        plain = concrete(unfold(evaluated(expr), where, sp.diff), size)
    values = {f"z_{i}": z[i - 1] for i in (1, 2, 3)}
    values |= {f"w_{i}": w[i - 1] for i in (1, 2, 3)}
    wanted = plain.subs(
        {s: sp.Rational(values[s.name]) for s in plain.free_symbols}
    )
    targets = np.array([1]) if w[1] == 1 else exact([w])
    with mp.workdps(60):
        found = of(exact([z]), targets)
        got = found[0, 1] if slope else found
        assert mp.almosteq(got, mp.mpf(sp.N(wanted, 60)), 1e-50)


def exact(rows):
    return np.array([[mp.mpf(x) for x in row] for row in rows])


# The cases' own numbers come from formulas; here is what NumPy says,
# in the few lines that everyone knows, where nothing is extreme.
TEXTBOOK = {
    "huber-grad": lambda p, t, d=1: np.clip(p - t, -d, d) / len(p),
    "mae-grad": lambda p, t: np.sign(p - t) / len(p),
    "mse-loss": lambda p, t: ((p - t) ** 2).sum() / 2 / len(p),
    "mse-grad": lambda p, t: (p - t) / len(p),
    "log-cosh-loss": lambda p, t: np.log(np.cosh(p - t)).sum() / len(p),
    "hinge-loss": lambda z, y: np.maximum(0, 1 - y * z).sum() / len(z),
    "toolbox-softmax": lambda z: (
        np.exp(z) / np.exp(z).sum(-1)[..., None]
    ),
    "cross-entropy-loss": lambda p, y: (
        -np.mean(np.log(p[range(len(y)), y]))
    ),
    "bce-grad": lambda z, t: (1 / (1 + np.exp(-z)) - t) / len(z),
    "entropy-in-nats": lambda p: -np.sum(p * np.log(p), -1),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_moderate_cases_are_what_the_textbook_says(name):
    first = json.loads(package(name))["checks"][0]
    for case in first["cases"]:
        args = [argument(arg, np) for arg in case["args"]]
        shape, wanted = expected_numbers(case["expected"])
        got = np.asarray(TEXTBOOK[name](*args))
        assert got.shape == shape
        assert got.ravel() == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(("name", "which"), MISTAKES)
def test_a_listed_mistake_is_told_by_its_own_sentence(name, which):
    challenge = CHALLENGES[name]
    mistake = challenge.fields["mistakes"][which]

    def answer(*args):
        names = cases.bound(challenge, args)
        names["n"] = cases.batch(args)[0]
        return eval(mistake["gives"], {**cases.NAMES, **names})

    verdict = judge_object(answer, package(name))
    told = [c.means for c in verdict.checks if not c.passed]
    assert mistake["means"] in told


def test_at_a_kink_every_slope_between_the_sides_is_right():
    kink = json.loads(package("hinge-grad"))["checks"][1]
    third = 1 / 3
    assert kink["cases"][0]["expected"] == [
        {"low": -third, "high": 0.0},
        {"low": 0.0, "high": third},
        -third,
    ]


def test_infinite_arguments_have_the_limit():
    outliers = json.loads(package("huber-grad"))["checks"][4]
    assert outliers["cases"][2]["args"][0] == ["inf", "-inf", 0.5]
    assert outliers["cases"][2]["expected"] == [1 / 3, -1 / 3, 0.5 / 3]
