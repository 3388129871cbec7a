"""Each kind of check that a challenge makes of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from lossbook.practice import clock, meanings, values
from lossbook.practice.calls import Output, Raised, run
from lossbook.practice.overflow import unwatched, watched
from lossbook.practice.values import Expected, Misfit, Numbers
from lossbook.practice.verdict import Check

Packed = Mapping[str, Any]


@dataclass
class Answer:
    """What one case gave, and should have given.

    Args:
        batch: The batch size, and the number of entries.
        got: None if there was a failure.
        wrong: The places of the wrong numbers.
    """

    shape: tuple[int, ...]
    wanted: Sequence[Expected]
    batch: tuple[int, int]
    got: Numbers | None = None
    failure: Raised | Misfit | None = None
    wrong: Sequence[int] = ()
    right: bool = False

    @property
    def numbers(self) -> Sequence[float]:
        return self.got.flat if self.got else ()

    @property
    def pairs(self) -> Sequence[meanings.Pair]:
        return list(zip(self.numbers, self.wanted, strict=True))


class Checker:
    """Calls one function with the cases of one challenge."""

    def __init__(
        self,
        challenge: Packed,
        candidate: Any,
        output: Output,
        file: str,
    ) -> None:
        self.challenge = challenge
        self.candidate = candidate
        self.output = output
        self.file = file
        self.numpy: Any = None
        if "numpy" in challenge["packages"]:
            self.numpy = import_module("numpy")

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

    def run(self, function: Callable[[], Any]) -> Any:
        return run(function, self.output, self.file)

    def arguments(self, case: Packed) -> list[Any]:
        return [values.argument(a, self.numpy) for a in case["args"]]

    def call(self, args: Sequence[Any]) -> Any:
        """What the reader's function returns.

        Raises:
            Raised: Whatever it raised.
        """
        return self.run(lambda: self.called(self.candidate, args))

    def called(self, candidate: Any, args: Sequence[Any]) -> Any:
        if isinstance(candidate, type):
            loss = candidate(*args[2:])
            return getattr(loss, self.challenge["method"])(*args[:2])
        return candidate(*args)

    def numbers(self, args: Sequence[Any]) -> Numbers:
        """The same as numbers.

        Raises:
            Raised: Whatever it raised.
            Misfit: It did not return numbers.
        """
        returns = self.challenge["returns"]
        answer = self.call(args)

        # A reader's object may do anything when it is looked at.
        def looked_at() -> Numbers | Misfit:
            try:
                plain = unwatched(answer, self.numpy)
                return values.returned(plain, returns, self.numpy)
            except Misfit as misfit:
                return misfit

        found: Numbers | Misfit = self.run(looked_at)
        if isinstance(found, Misfit):
            raise found
        return found

    def values(self, check: Packed) -> Check | None:
        """Every case has the right values, and the right shape."""
        for case in check["cases"]:
            answer = self.answers[id(case)]
            if not answer.right:
                return self.told(answer, check, case)
        return None

    def answered(self, check: Packed, case: Packed) -> Answer:
        """What the function makes of a case."""
        args = self.arguments(case)
        shape, wanted = values.expected_numbers(case["expected"])
        answer = Answer(shape, wanted, values.batch(args))
        if check["kind"] == "quiet":
            args = [watched(arg, self.numpy) for arg in args]
        try:
            got = self.numbers(args)
        except (Raised, Misfit) as failure:
            answer.failure = failure
            return answer
        answer.got = got
        if got.shape == shape:
            rtol, atol = values.rounding(args, check)
            answer.wrong = [
                place
                for place, pair in enumerate(answer.pairs)
                if not values.close(*pair, rtol, atol)
            ]
            asked = case.get("dtype", got.dtype) == got.dtype
            answer.right = asked and not answer.wrong
        return answer

    def told(
        self, answer: Answer, check: Packed, case: Packed
    ) -> Check:
        """What is wrong with an answer."""
        tell = self.teller(check, case)
        got, failure = answer.got, answer.failure
        if isinstance(failure, Raised):
            return tell(
                got=failure.message,
                expected=_summary(answer),
                means=meanings.of_error(failure.message, check),
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
                got=values.of_shape(got.shape),
                expected=values.of_shape(answer.shape),
                means=meanings.of_shape(got.shape, answer.shape),
            )
        if not answer.wrong:
            return tell(
                got=f"dtype {got.dtype}",
                expected=f"dtype {case['dtype']}",
                means=check["means"],
            )
        place = meanings.worst(answer.wrong, got.flat)
        shown, expected = values.shown_apart(*answer.pairs[place])
        return tell(
            index=self.index(got, place),
            got=shown,
            expected=expected,
            means=self.meaning(answer, check, case),
        )

    def meaning(
        self, answer: Answer, check: Packed, case: Packed
    ) -> str:
        """The first explanation that fits the wrong numbers."""
        averaged = self.challenge.get("averaged")
        return (
            self.mistake(answer, case, self.suspects.certain)
            or meanings.of_factor(
                answer.pairs,
                answer.batch if averaged else (1, 1),
                self.challenge.get("sign", "The sign is flipped."),
            )
            or self.mistake(answer, case, self.suspects.possible)
            or meanings.of_special(answer.pairs, check)
            or str(check.get("means", ""))
        )

    def mistake(
        self, answer: Answer, case: Packed, suspected: Sequence[int]
    ) -> str:
        """The first of the suspected mistakes that gives this."""
        which = meanings.of_mistake(
            answer.numbers, case.get("mistakes", []), suspected
        )
        if which is None:
            return ""
        return str(self.challenge["mistakes"][which])

    @cached_property
    def answers(self) -> Mapping[int, Answer]:
        """What each case of values gave, by the case's identity."""
        return {
            id(case): self.answered(check, case)
            for check, case in self.value_cases()
        }

    @cached_property
    def suspects(self) -> meanings.Suspects:
        """The mistakes that no right answer contradicts."""
        return meanings.suspects(
            (
                self.answers[id(case)].numbers,
                self.answers[id(case)].right,
                case.get("mistakes", []),
            )
            for _, case in self.value_cases()
        )

    def all_right(self) -> bool:
        return all(answer.right for answer in self.answers.values())

    def nothing_yet(self) -> bool:
        """Whether the function is still to be written."""
        failures = [answer.failure for answer in self.answers.values()]
        return all(
            one.got == "None"
            if isinstance(one, Misfit)
            else one and one.message.startswith("NotImplementedError")
            for one in failures
        )

    def value_cases(self) -> Iterator[tuple[Packed, Packed]]:
        for check in self.challenge["checks"]:
            if check["kind"] in ("values", "quiet"):
                for case in check["cases"]:
                    yield check, case

    def raises(self, check: Packed) -> Check | None:
        """Every case raises the error that the task asks for."""
        for case in check["cases"]:
            tell = self.teller(check, case)
            try:
                got = self.numbers(self.arguments(case))
            except Raised as raised:
                if raised.message.split(":")[0] == check["error"]:
                    continue
                return tell(
                    got=raised.message,
                    expected=check["error"],
                    means="The task asks for another kind of error.",
                    line=raised.line,
                )
            except Misfit as misfit:
                shown = misfit.got
            else:
                shown = (
                    values.of_shape(got.shape)
                    if got.shape
                    else values.shown(got.flat[0])
                )
            return tell(
                got=shown,
                expected=check["error"],
                means=check["means"],
            )
        return None

    def unmodified(self, check: Packed) -> Check | None:
        """The arrays are afterwards what they were before."""
        for _, case in self.value_cases():
            args = self.arguments(case)
            before = [_content(arg) for arg in args]
            try:
                self.call(args)
            except Raised:
                continue  # another check tells
            for name, arg, old in zip(
                self.challenge["arguments"], args, before, strict=False
            ):
                if _content(arg) != old:
                    return self.teller(check, case)(
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
            first = self.numbers(self.arguments(case))
            second = self.numbers(self.arguments(case))
        except (Raised, Misfit):
            return None  # another check tells
        pairs = zip(first.flat, second.flat, strict=False)
        for place, (one, other) in enumerate(pairs):
            if not values.close(other, one, 0.0, 0.0):
                return self.teller(check, case)(
                    index=self.index(second, place),
                    got=f"{other!r} the second time",
                    expected=f"{one!r}, as the first time",
                    means="Something is remembered between calls (a"
                    " global, a default that is changed), or drawn by"
                    " chance.",
                )
        return None

    def speed(self, check: Packed) -> Check | None:
        """A large batch takes about as long as by the solution."""
        try:
            return clock.compare(self, check, self.all_right())
        except Raised as raised:
            return Check(
                check["title"],
                False,
                got=raised.message,
                expected="no error for a large batch either",
                means=meanings.of_error(raised.message, check),
                line=raised.line,
            )
        except Misfit as misfit:
            return Check(
                check["title"],
                False,
                got=misfit.got,
                expected=misfit.expected,
                means=misfit.means,
            )

    def teller(
        self, check: Packed, case: Packed
    ) -> Callable[..., Check]:
        """Makes the failed check of a case."""
        names = self.challenge["arguments"]
        shown = values.shown_call(names, case["args"])

        def failed(**what: Any) -> Check:
            return Check(check["title"], False, shown, **what)

        return failed

    def index(self, got: Numbers, place: int) -> str:
        index = str(list(got.index(place))) if got.shape else ""
        returns = self.challenge["returns"]
        named = isinstance(returns, list)
        return f"{index}, the {returns[place]}" if named else index


def _summary(answer: Answer) -> str:
    wanted = answer.wanted
    text = ", ".join(map(values.shown, wanted))
    return text if len(wanted) <= 4 else values.of_shape(answer.shape)


def _content(argument: Any) -> Any:
    """What of an argument can be changed."""
    if hasattr(argument, "tobytes"):
        return argument.dtype, argument.shape, argument.tobytes()
    return None
