"""Judges what a reader wrote against the cases of a challenge.

The cases, made by lossbook.practice.cases, come as JSON. This file and
what it imports need the standard library alone, and NumPy where the
challenge does: so it runs in a browser, and for the warm-up even
without NumPy.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

from lossbook.practice.answers import Answers
from lossbook.practice.calls import (
    READERS_FILE,
    Output,
    Raised,
    Stopped,
    executed,
    remember,
    run,
)
from lossbook.practice.candidate import Candidate, Packed
from lossbook.practice.checking import Checker
from lossbook.practice.returned import named
from lossbook.practice.verdict import Problem, Verdict


class Unusable(Exception):
    """There is nothing to judge; says why."""


def judge_text(code: str, packaged: str) -> str:
    """The verdict on what an editor holds, as JSON.

    Args:
        code: What the reader wrote.
        packaged: The challenge with its cases.
    """
    challenge = json.loads(packaged)
    output = Output()
    remember(code)

    def candidate() -> Any:
        names = run(
            lambda: executed(code, READERS_FILE), output, READERS_FILE
        )
        return written(names, challenge)

    verdict = _verdict(candidate, challenge, output, READERS_FILE)
    return json.dumps(asdict(verdict))


def judge_object(what: Any, packaged: str) -> Verdict:
    """The verdict on a function, or class, that is there already.

    What it prints is shown at once, by Python itself.
    """
    challenge = json.loads(packaged)
    candidate = Candidate(challenge, what, Output(), "")
    code = getattr(candidate.function, "__code__", None)
    file = code.co_filename if code else ""
    return _verdict(lambda: what, challenge, Output(), file)


def written(names: Mapping[str, Any], challenge: Packed) -> Any:
    """The function that the code defines, or the class in its place.

    Raises:
        Unusable: There is neither.
    """
    for name in (challenge["name"], challenge.get("class", "")):
        if name in names:
            return names[name]
    near = get_close_matches(challenge["name"], [*names], 1)
    hint = f" There is `{near[0]}`: rename it." if near else ""
    raise Unusable(f"Your code defines no `{challenge['name']}`.{hint}")


def _verdict(
    what: Callable[[], Any],
    challenge: Packed,
    output: Output,
    file: str,
) -> Verdict:
    verdict = Verdict()
    try:
        candidate = Candidate(challenge, what(), output, file)
        _refuse_the_unusable(candidate)
        answers = Answers(candidate)
        if answers.nothing_yet():
            raise Unusable(
                f"`{challenge['name']}` returns nothing yet. Write it,"
                " and `return` what it computes."
            )
        verdict.checks += Checker(candidate, answers).checks()
        verdict.passed = all(check.passed for check in verdict.checks)
    except Unusable as unusable:
        verdict.problem = Problem(str(unusable))
    except Raised as raised:
        verdict.problem = _problem(raised)
    except Stopped as stopped:
        verdict.problem = _problem(stopped.raised)
    verdict.output = output.whole()
    return verdict


def _problem(raised: Raised) -> Problem:
    return Problem(raised.message, raised.line, raised.source)


def _refuse_the_unusable(candidate: Candidate) -> None:
    what, function = candidate.what, candidate.function
    challenge = candidate.challenge
    name = challenge["name"]
    if isinstance(what, type) and not candidate.is_class:
        raise Unusable(f"`{name}` is a class: write a function.")
    if candidate.is_class and function is None:
        raise Unusable(
            f"`{what.__name__}` has no method `{challenge['method']}`."
        )
    if not callable(what) and hasattr(
        what, challenge.get("method", "")
    ):
        raise Unusable(
            f"That is an object of {type(what).__name__}: the class"
            " itself is wanted, without its ()."
        )
    if not callable(function):
        raise Unusable(f"`{name}` is {named(function)}, no function.")
    if inspect.iscoroutinefunction(function):
        raise Unusable(f"`{name}` is async: write a plain function.")
    arguments = [*challenge["arguments"]]
    if not candidate.is_class:
        _refuse_other_arguments(candidate, what, name, arguments)
        return
    _refuse_other_arguments(
        candidate, what, what.__name__, arguments[2:]
    )
    if inspect.isfunction(
        inspect.getattr_static(what, challenge["method"])
    ):
        _refuse_other_arguments(
            candidate,
            function,
            challenge["method"],
            ["self", *arguments[:2]],
        )


def _refuse_other_arguments(
    candidate: Candidate,
    function: Any,
    name: str,
    arguments: Sequence[str],
) -> None:
    def signature() -> inspect.Signature | None:
        try:
            return inspect.signature(function)
        except ValueError:  # a function in C may keep it to itself
            return None

    taken = candidate.run(signature)
    try:
        if taken:
            taken.bind(*arguments)
    except TypeError:
        call = f"{name}({', '.join(arguments)})"
        raise Unusable(
            f"It is called as `{call}`, but yours is `{name}{taken}`."
        ) from None
