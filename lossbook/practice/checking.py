"""Each kind of check that a challenge makes of a function."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lossbook.practice import clock, errors, values
from lossbook.practice.answers import Answers, index, value_cases
from lossbook.practice.calls import Raised
from lossbook.practice.candidate import Candidate, Packed
from lossbook.practice.returned import Misfit
from lossbook.practice.shown import of_shape, shown
from lossbook.practice.verdict import Check, failed


class Checker:
    """Checks one candidate, with what it answered already."""

    def __init__(self, candidate: Candidate, answers: Answers) -> None:
        self.candidate = candidate
        self.challenge = candidate.challenge
        self.answers = answers

    def checks(self) -> Iterator[Check]:
        """All of them, in the order of the challenge."""
        kinds = {
            "values": self.values,
            "quiet": self.values,
            "raises": self.raises,
            "unmodified": self.unmodified,
            "again": self.again,
            "speed": self.speed,
        }
        for check in self.challenge["checks"]:
            wrong = kinds[check["kind"]](check)
            yield wrong or Check(check["title"])

    def values(self, check: Packed) -> Check | None:
        """Every case has the right values, and the right shape."""
        for case in check["cases"]:
            answer = self.answers.by_case[id(case)]
            if not answer.right:
                return self.answers.told(answer)
        return None

    def raises(self, check: Packed) -> Check | None:
        """Every case raises the error that the task asks for."""
        for case in check["cases"]:
            tell = partial(
                failed,
                self.challenge,
                check,
                case,
                expected=check["error"],
            )
            try:
                got = self.candidate.numbers(
                    self.candidate.arguments(case)
                )
            except Raised as raised:
                if raised.message.split(":")[0] == check["error"]:
                    continue
                return tell(
                    got=raised.message,
                    means="The task asks for another kind of error.",
                    line=raised.line,
                )
            except Misfit as misfit:
                return tell(got=misfit.got, means=check["means"])
            number = not got.shape
            back = shown(got.flat[0]) if number else of_shape(got.shape)
            return tell(got=back, means=check["means"])
        return None

    def unmodified(self, check: Packed) -> Check | None:
        """The arrays are afterwards what they were before."""
        for _, case in value_cases(self.challenge):
            args = self.candidate.arguments(case)
            before = [_content(arg) for arg in args]
            try:
                self.candidate.call(args)
            except Raised:
                continue  # another check tells
            for name, arg, old in zip(
                self.challenge["arguments"], args, before, strict=False
            ):
                if _content(arg) != old:
                    return failed(
                        self.challenge,
                        check,
                        case,
                        got=f"`{name}` was changed",
                        expected=f"`{name}` as it was",
                        means="`-=`, `*=`, `out=` and assignments to"
                        " entries change the caller's array: make a"
                        " new one.",
                    )
        return None

    def again(self, check: Packed) -> Check | None:
        """The same call gives the same."""
        case = self.challenge["checks"][0]["cases"][0]
        try:
            first, second = (
                self.candidate.numbers(self.candidate.arguments(case))
                for _ in range(2)
            )
        except (Raised, Misfit):
            return None  # another check tells
        pairs = zip(first.flat, second.flat, strict=False)
        for place, (one, other) in enumerate(pairs):
            if not values.close(other, one, 0.0, 0.0):
                return failed(
                    self.challenge,
                    check,
                    case,
                    index=index(self.challenge, second, place),
                    got=f"{other!r} the second time",
                    expected=f"{one!r}, as the first time",
                    means="Something is remembered between calls (a"
                    " global, a default that is changed), or drawn by"
                    " chance.",
                )
        return None

    def speed(self, check: Packed) -> Check | None:
        """A large batch takes about as long as by the solution."""
        tell = partial(Check, check["title"], False)
        try:
            return clock.compare(self.candidate, check)
        except Raised as raised:
            return tell(
                got=raised.message,
                expected="no error for a large batch either",
                means=errors.of_error(raised.message, check),
                line=raised.line,
            )
        except Misfit as misfit:
            return tell(
                got=misfit.got,
                expected=misfit.expected,
                means=misfit.means,
            )


def _content(argument: Any) -> Any:
    """What of an argument can be changed."""
    if hasattr(argument, "tobytes"):
        return argument.dtype, argument.shape, argument.tobytes()
    return None
