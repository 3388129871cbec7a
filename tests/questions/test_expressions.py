"""Answers as readers see them: the author's order, sensible digits."""

import pytest
import sympy as sp

from lossbook.practice import questions
from lossbook.practice.expressions import answer_of, rounded, written
from lossbook.symbolic import tex
from lossbook.symbolic.unfold import evaluated

DERIVE = [
    pytest.param(question.fields, id=question.id)
    for slug in questions.slugs()
    for question in questions.load(slug)
    if question.kind == "derive"
]


@pytest.mark.parametrize("fields", DERIVE)
def test_what_is_shown_is_the_answer(fields):
    symbols = [*fields["symbols"]]
    answer = answer_of(fields, symbols)
    assert evaluated(written(fields, symbols)) == answer


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("-y + yhat", r"- y + \hat{y}"),
        ("yhat - y", r"\hat{y} - y"),
        ("x*(w*x - y)", r"x \left(w x - y\right)"),
        ("(p - y)*x", r"\left(p - y\right) x"),
        ("p*(3*p - 1)", r"p \left(3 p - 1\right)"),
        (
            "p - (1 - w)*y - w/x",
            r"p - \left(1 - w\right) y - \frac{w}{x}",
        ),
        ("-p*(1 - p)/(p + w)", r"- \frac{p \left(1 - p\right)}{p + w}"),
    ],
)
def test_the_order_is_the_authors(answer, shown):
    symbols = [name for name in "pwxy" if name in answer]
    symbols += ["yhat"] if "yhat" in answer else []
    assert tex(written({"answer": answer}, symbols)) == shown


def test_a_derivative_is_carried_out():
    fields = {"answer": "diff(x**2, x)"}
    assert written(fields, ["x"]) == 2 * sp.Symbol("x", real=True)


def test_abbreviations_are_put_in():
    fields = {"answer": "loss", "formula": "mse"}
    shown = written(fields, ["y", "yhat"])
    assert {s.name for s in shown.free_symbols} == {"y", "yhat"}


# Worked out by hand.
@pytest.mark.parametrize(
    ("value", "tolerance", "shown"),
    [
        (0.37677016125643675, 0.01, "0.3768"),
        (-2.1972245773362196, 0.05, "−2.197"),
        (16384.0, 0.01, "16384"),
        (5.777799133714209, 0.0001, "5.7778"),
        (0.0, 0.01, "0"),
    ],
)
def test_digits_are_those_that_the_tolerance_lets_matter(
    value, tolerance, shown
):
    assert rounded(value, tolerance) == shown
