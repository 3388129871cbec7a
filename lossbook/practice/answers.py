"""What the cases of a challenge gave, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from lossbook.practice import errors, meanings, values
from lossbook.practice.calls import Raised
from lossbook.practice.candidate import Candidate, Packed
from lossbook.practice.overflow import watched
from lossbook.practice.returned import Misfit, Numbers
from lossbook.practice.shown import of_shape, shown, shown_apart
from lossbook.practice.suspects import (
    Mistakes,
    is_it,
    listed,
    multiples,
    suspects,
)
from lossbook.practice.values import Expected
from lossbook.practice.verdict import Check, failed


@dataclass
class Answer:
    """What one case gave, and should have given.

    Args:
        got: None if there was a failure.
        wrong: The places of the wrong numbers.
        mistakes: Those that show in this case.
    """

    check: Packed
    case: Packed
    shape: tuple[int, ...]
    wanted: Sequence[Expected]
    got: Numbers | None = None
    failure: Raised | Misfit | None = None
    wrong: Sequence[int] = ()
    right: bool = False
    mistakes: Mistakes = field(default_factory=dict)

    @property
    def numbers(self) -> Sequence[float]:
        return self.got.flat if self.got else ()

    @property
    def pairs(self) -> Sequence[meanings.Pair]:
        return list(zip(self.numbers, self.wanted, strict=True))


class Answers:
    """All answers of a candidate, each case called once."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.challenge = candidate.challenge
        self.by_case: Mapping[int, Answer] = {
            id(case): self.answered(check, case)
            for check, case in value_cases(self.challenge)
        }
        self.every = [*self.by_case.values()]
        self.suspects = suspects(self.every)

    def answered(self, check: Packed, case: Packed) -> Answer:
        """What the function makes of a case."""
        args = self.candidate.arguments(case)
        shape, wanted = values.expected_numbers(case["expected"])
        answer = Answer(check, case, shape, wanted)
        rtol, atol = values.rounding(args, check)
        averaged = self.challenge.get("averaged")
        answer.mistakes = listed(
            case.get("mistakes", []), self.challenge["mistakes"]
        ) | multiples(
            wanted,
            values.batch(args) if averaged else (1, 1),
            self.challenge.get("sign", "The sign is flipped."),
            atol,
        )
        if check["kind"] == "quiet":
            args = [watched(arg, self.candidate.numpy) for arg in args]
        try:
            got = answer.got = self.candidate.numbers(args)
        except (Raised, Misfit) as failure:
            answer.failure = failure
            return answer
        if got.shape == shape:
            answer.wrong = [
                place
                for place, pair in enumerate(answer.pairs)
                if not values.close(*pair, rtol, atol)
            ]
            asked = case.get("dtype", got.dtype) == got.dtype
            answer.right = asked and not answer.wrong
        return answer

    def nothing_yet(self) -> bool:
        """Whether the function is still to be written."""
        failures = [answer.failure for answer in self.every]
        return all(
            one.got == "None"
            if isinstance(one, Misfit)
            else one and one.message.startswith("NotImplementedError")
            for one in failures
        )

    def told(self, answer: Answer) -> Check:
        """What is wrong with an answer."""
        tell = partial(
            failed, self.challenge, answer.check, answer.case
        )
        got, failure = answer.got, answer.failure
        if isinstance(failure, Raised):
            return tell(
                got=failure.message,
                expected=_summary(answer),
                means=errors.of_error(failure.message, answer.check),
                line=failure.line,
            )
        if isinstance(failure, Misfit):
            return tell(
                got=failure.got,
                expected=failure.expected,
                means=failure.means,
            )
        assert got is not None  # or there would be a failure
        if got.shape != answer.shape:
            return tell(
                got=of_shape(got.shape),
                expected=of_shape(answer.shape),
                means=meanings.of_shape(got.shape, answer.shape),
            )
        if not answer.wrong:
            return tell(
                got=f"dtype {got.dtype}",
                expected=f"dtype {answer.case['dtype']}",
                means=answer.check["means"],
            )
        place = meanings.worst(answer.wrong, got.flat)
        mine, expected = shown_apart(*answer.pairs[place])
        return tell(
            index=index(self.challenge, got, place),
            got=mine,
            expected=expected,
            means=self.meaning(answer),
        )

    def meaning(self, answer: Answer) -> str:
        """The first explanation that fits the wrong numbers."""
        found = self.mistake(answer) or meanings.of_special(
            answer.pairs, answer.check
        )
        if found:
            return found
        # What is wrong at large is no matter of this one check.
        first = self.every[0]
        if answer is not first and not (
            first.right or self.mistake(first)
        ):
            return meanings.FIRST_TOO
        return (
            str(answer.check.get("means", ""))
            or meanings.of_numbers(answer.pairs, answer.wrong)
            or meanings.UNKNOWN
        )

    def mistake(self, answer: Answer) -> str:
        """The likeliest of the suspected mistakes that gives this."""
        for which in self.suspects:
            mistake = answer.mistakes.get(which)
            if mistake and is_it(mistake, answer):
                return mistake.means
        return ""


def value_cases(challenge: Packed) -> Iterator[tuple[Packed, Packed]]:
    """Each case that asks for values, with its check."""
    for check in challenge["checks"]:
        if check["kind"] in ("values", "quiet"):
            for case in check["cases"]:
                yield check, case


def index(challenge: Packed, got: Numbers, place: int) -> str:
    """The index of a number, and its name if it has one."""
    where = str(list(got.index(place))) if got.shape else ""
    returns = challenge["returns"]
    named = isinstance(returns, list)
    return f"{where}, the {returns[place]}" if named else where


def _summary(answer: Answer) -> str:
    wanted = answer.wanted
    text = ", ".join(map(shown, wanted))
    return text if len(wanted) <= 4 else of_shape(answer.shape)
