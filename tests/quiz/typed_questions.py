"""Questions for formulas to be typed at, one for each difficulty."""

import json
from pathlib import Path
from typing import Any

import sympy as sp
from sympy.printing.str import StrPrinter

from lossbook.practice import questions
from lossbook.practice.expressions import answer_of, expression
from lossbook.practice.points import points

UNIT = [0.05, 0.95]

QUESTIONS = {
    "huber": next(
        question.fields
        for question in questions.load("huber")
        if question.id == "huber-derive-gradient"
    ),
    "softmax": {
        "symbols": {"p_k": UNIT, "y_k": [0, 1]},
        "answer": "p_k - y_k",
        "mistakes": [{"answer": "-y_k/p_k", "why": "by p_k"}],
    },
    "logit": {
        "symbols": {"z": [-4, 4], "y": [0, 1]},
        "answer": "sigma(z) - y",
    },
    "probability": {
        "symbols": {"p": UNIT, "y": UNIT},
        "answer": "(p - y)/(p*(1 - p))",
        "mistakes": [
            {"answer": "p - y", "why": "by the logit"},
            {"answer": "-y/p", "why": "one term only"},
        ],
    },
    "mae": {
        "symbols": {"r": [-5, 5]},
        "answer": "sign(r)",
        "mistakes": [{"answer": "Abs(r)", "why": "the loss"}],
    },
    "mean": {
        "symbols": {"yhat": [-5, 5], "y": [-5, 5], "n": [2, 20]},
        "answer": "(yhat - y)/n",
    },
    "temperature": {
        "symbols": {"p_k": UNIT, "y_k": [0, 1], "T": [0.5, 5]},
        "answer": "(p_k - y_k)/T",
    },
    "log_cosh": {"symbols": {"r": [-3, 3]}, "answer": "tanh(r)"},
    "hinge": {
        "symbols": {"y": [-1, 1], "z": [-3, 3]},
        "answer": "Piecewise((-y, y*z < 1), (0, True))",
        "mistakes": [{"answer": "-y", "why": "beyond the margin"}],
    },
    "focal": {
        "symbols": {"p": UNIT, "gamma": [0.5, 4]},
        "answer": "-(1 - p)**gamma*log(p)",
        "mistakes": [
            {"answer": "-p**gamma*log(p)", "why": "the wrong weight"}
        ],
    },
    "softplus": {
        "symbols": {"z": [-30, 30], "y": [0, 1]},
        "answer": "softplus(z) - y*z",
    },
    "gauss": {
        "symbols": {"r": [-3, 3], "sigma": [0.5, 3]},
        "answer": "r/sigma**2",
    },
}


class Typed(StrPrinter):
    """An expression as a reader types it."""

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        *others, (last, _) = expr.args
        return "({})".format(
            "".join(
                f"{self._print(value)} if {self._print(condition)} else "
                for value, condition in others
            )
            + self._print(last)
        )


def of_book(question: questions.Question) -> dict[str, Any]:
    """A question of the book, with its answers as texts."""
    fields = question.fields
    symbols = [*fields["symbols"]]
    mistakes = [
        expression(one["answer"], symbols, fields.get("formula", ""))
        for one in fields.get("mistakes", [])
    ]
    return {
        **points(fields).json(),
        "answer": Typed().doprint(answer_of(fields, symbols)),
        "wrong": [Typed().doprint(mistake) for mistake in mistakes],
    }


def write(folder: Path) -> None:
    """Points and texts: of the questions above, and of the book's."""
    made = {name: points(fields) for name, fields in QUESTIONS.items()}
    above = {
        name: {**one.json(), "whys": one.whys}
        for name, one in made.items()
    }
    book = {
        question.id: of_book(question)
        for slug in questions.slugs()
        for question in questions.load(slug)
        if question.kind == "derive"
    }
    for name, content in {"above": above, "book": book}.items():
        file = folder / f"{name}.json"
        file.write_text(json.dumps(content), encoding="utf-8")
