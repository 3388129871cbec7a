"""Questions for formulas to be typed at, one for each difficulty."""

import json
from pathlib import Path

from lossbook.practice import questions
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


def write(file: Path) -> None:
    """The points of all of them, and what is said to each mistake."""
    made = {name: points(fields) for name, fields in QUESTIONS.items()}
    file.write_text(
        json.dumps(
            {
                name: {**one.json(), "whys": one.whys}
                for name, one in made.items()
            }
        ),
        encoding="utf-8",
    )
