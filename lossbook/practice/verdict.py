"""What a reader is told of their code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lossbook.practice.shown import shown_call


@dataclass(frozen=True)
class Check:
    """One thing that was asked, and how it was answered."""

    title: str
    passed: bool = True
    case: str = ""
    index: str = ""
    got: str = ""
    expected: str = ""
    means: str = ""
    line: int | None = None


def failed(
    challenge: Mapping[str, Any],
    check: Mapping[str, Any],
    case: Mapping[str, Any],
    **what: Any,
) -> Check:
    """The failed check of a case.

    Args:
        what: What else a Check has.
    """
    shown = shown_call(challenge["arguments"], case["args"])
    return Check(check["title"], False, shown, **what)


@dataclass(frozen=True)
class Problem:
    """Why nothing could be judged."""

    message: str
    line: int | None = None
    source: str = ""


@dataclass
class Verdict:
    """All of it."""

    passed: bool = False
    output: str = ""
    problem: Problem | None = None
    checks: list[Check] = field(default_factory=list)
