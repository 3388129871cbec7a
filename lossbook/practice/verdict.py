"""What a reader is told of their code."""

from __future__ import annotations

from dataclasses import dataclass, field


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
