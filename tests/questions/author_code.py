"""Runs what authors wrote into questions: their checks and listings."""

import importlib
import math
from collections.abc import Callable
from inspect import ismodule
from typing import Any

import mpmath as mp
import numpy as np
import sympy as sp

from lossbook import divergences, losses, numerics
from lossbook.gradcheck import gradcheck
from lossbook.practice.expressions import answer_of, function
from lossbook.practice.questions import Question


def symbols_of(question: Question) -> list[str]:
    """What the answer of a numeric or derive question is in."""
    fields = question.fields
    return [*(fields.get("draw") or fields["symbols"])]


def answer_function(question: Question) -> Callable[..., Any]:
    symbols = symbols_of(question)
    return function(answer_of(question.fields, symbols), symbols)


def run_listing(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {"np": np, "math": math}
    exec(compile(code, "the listing", "exec"), names)
    return names


def with_right_fix(question: Question) -> str:
    """The listing of a bug question, its wrong line replaced."""
    fields = question.fields
    [fix] = [f["text"] for f in fields["fixes"] if "right" in f]
    lines = fields["code"].splitlines()
    wrong = lines[fields["wrong"] - 1]
    indent = wrong[: -len(wrong.lstrip())]
    lines[fields["wrong"] - 1] = indent + fix.strip().strip("`")
    return "\n".join(lines)


def run_check(question: Question) -> None:
    """Raises whatever the check raises."""
    names: dict[str, Any] = {
        "gradcheck": gradcheck,
        "math": math,
        "mp": mp,
        "np": np,
        "sp": sp,
    }
    # losses first: its file cross_entropy hides that function.
    for module in (losses, numerics, divergences):
        names |= {
            name: value
            for name, value in vars(module).items()
            # losses.cross_entropy, a module, would hide the function
            if not name.startswith("_") and not ismodule(value)
        }
    formula = question.fields.get("formula", question.chapter)
    try:
        module = importlib.import_module(f"lossbook.formulas.{formula}")
    except ModuleNotFoundError:
        pass  # a chapter without a formula of its own
    else:
        names["formula"] = module.formula
        names["gradient"] = module.gradient
    if question.kind in ("numeric", "derive"):
        names["answer"] = answer_function(question)
    if options := question.fields.get("options"):
        right = [o["text"].strip() for o in options if "right" in o]
        names["right"] = (
            right if question.kind == "multiple" else right[0]
        )
    if question.kind == "bug":
        names["run"] = run_listing(question.fields["code"])
        names["fixed"] = run_listing(with_right_fix(question))
    exec(compile(question.check, question.id, "exec"), names)
