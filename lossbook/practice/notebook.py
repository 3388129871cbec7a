"""Questions and challenges of a chapter, as a notebook shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lossbook.practice import cases, challenges, questions
from lossbook.practice.judge import judge_object
from lossbook.practice.questions import Question
from lossbook.practice.sides import sides
from lossbook.practice.verdict import Check, Verdict


@dataclass(frozen=True)
class Quiz:
    """Questions with their answers folded away."""

    questions: Sequence[Question]

    def _repr_markdown_(self) -> str:
        return "\n\n---\n\n".join(map(_card, self.questions))


@dataclass(frozen=True)
class Checked:
    """What the judge says of an answer to a challenge."""

    verdict: Verdict

    def _repr_markdown_(self) -> str:
        if self.verdict.problem:
            return _problem(self.verdict)
        return "\n".join(_results(self.verdict))


def quiz(chapter: str, place: str = "end") -> Quiz:
    """The questions of a chapter that belong to one place in it.

    Raises:
        ValueError: There are none.
    """
    chosen = [
        question
        for question in questions.load(chapter)
        if question.place == place
    ]
    if not chosen:
        raise ValueError(f"no question of {chapter} is for {place!r}")
    return Quiz(chosen)


def check(challenge: str, candidate: Any) -> Checked:
    """Judges a function, or a class, written for a challenge.

    Args:
        challenge: Its id, such as "huber-grad".
        candidate: The function or class itself, not its name.

    Raises:
        LookupError: There is no such challenge.
    """
    package = cases.package(challenges.find(challenge))
    return Checked(judge_object(candidate, package))


def _card(question: Question) -> str:
    shown, answer = sides(question)
    folded = "<details>\n<summary>Answer</summary>"
    return "\n\n".join([shown, folded, answer, "</details>"])


def _problem(verdict: Verdict) -> str:
    problem = verdict.problem
    assert problem is not None
    if not problem.line:
        return problem.message
    return (
        f"{_code(problem.message)} in line {problem.line}:\n\n"
        f"    {problem.source.strip()}"
    )


def _results(verdict: Verdict) -> Iterator[str]:
    right = sum(check.passed for check in verdict.checks)
    if verdict.passed:
        yield f"**All {right} checks passed.**\n"
    else:
        yield f"**{right} of {len(verdict.checks)} checks passed.**\n"
    for check in verdict.checks:
        mark = "✓" if check.passed else "✗"
        yield f"- {mark} {check.title}{_failure(check)}"


def _failure(check: Check) -> str:
    if check.passed:
        return ""
    where = f" at {check.index}" if check.index else ""
    line = f" (line {check.line})" if check.line else ""
    told = [
        f"for {_code(check.case)}" if check.case else "",
        f"yours {_code(check.got)}{where}{line},"
        f" expected {_code(check.expected)}",
        check.means,
    ]
    return ":  \n  " + "  \n  ".join(filter(None, told))


def _code(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"
