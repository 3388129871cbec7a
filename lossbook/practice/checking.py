"""Each kind of check that a challenge makes of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from typing import Any

from lossbook.practice import meanings, values
from lossbook.practice.calls import (
    SOLUTION,
    Output,
    Raised,
    executed,
    run,
)
from lossbook.practice.values import Expected, Misfit, Numbers

Packed = Mapping[str, Any]

# How often the time of the solution a right answer may take. A Python
# loop over the batch takes fifty times as much, and more.
TOO_SLOW = 20
MEASURED = 3
# No second measurement of what took this long, in seconds.
LONG = 0.5
CLASSES = 5


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

    def first_case(self) -> list[Any]:
        return self.arguments(self.challenge["checks"][0]["cases"][0])

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
                return values.returned(answer, returns, self.numpy)
            except Misfit as misfit:
                return misfit

        found: Numbers | Misfit = self.run(looked_at)
        if isinstance(found, Misfit):
            raise found
        return found

    def values(self, check: Packed) -> Check | None:
        """Every case has the right values, and the right shape."""
        found = (self.wrong(check, case) for case in check["cases"])
        return next(filter(None, found), None)

    def wrong(self, check: Packed, case: Packed) -> Check | None:
        shape, wanted = values.expected_numbers(case["expected"])
        tell = self.teller(check, case)
        args = self.arguments(case)
        try:
            got = self.numbers(args)
        except Raised as raised:
            return tell(
                got=raised.message,
                expected=_summary(shape, wanted),
                means=meanings.of_error(raised.message, check),
                line=raised.line,
            )
        except Misfit as misfit:
            return tell(
                got=misfit.got,
                expected=misfit.expected,
                means=misfit.means,
            )
        if got.shape != shape:
            return tell(
                got=_of_shape(got.shape),
                expected=_of_shape(shape),
                means=meanings.of_shape(got.shape, shape),
            )
        if case.get("dtype", got.dtype) != got.dtype:
            return tell(
                got=f"dtype {got.dtype}",
                expected=f"dtype {case['dtype']}",
                means=check["means"],
            )
        rtol, atol = values.rounding(args, check)
        pairs = list(zip(got.flat, wanted, strict=True))
        wrong = [
            place
            for place, pair in enumerate(pairs)
            if not values.close(*pair, rtol, atol)
        ]
        if wrong:
            place = meanings.worst(wrong, got.flat)
            shown, expected = values.shown_apart(*pairs[place])
            return tell(
                index=self.index(got, place),
                got=shown,
                expected=expected,
                means=self.meaning(pairs, case, check, args),
            )
        return None

    def meaning(
        self,
        pairs: Sequence[meanings.Pair],
        case: Packed,
        check: Packed,
        args: Sequence[Any],
    ) -> str:
        """The first explanation that fits the wrong numbers."""
        got = [one for one, _ in pairs]
        averaged = self.challenge.get("averaged")
        return str(
            meanings.of_mistake(
                got,
                case.get("mistakes", []),
                self.challenge["mistakes"],
            )
            or meanings.of_special(pairs, check)
            or meanings.of_factor(
                pairs,
                values.batch(args) if averaged else (1, 1),
                self.challenge.get("sign", "The sign is flipped."),
            )
            or check.get("means", "")
        )

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
                    _of_shape(got.shape)
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
        for case in self.challenge["checks"][0]["cases"]:
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
        names = executed(self.challenge["solution"], SOLUTION)
        solution = names[
            self.challenge.get("class", self.challenge["name"])
        ]
        # Not at once: an outer product of the whole batch would take
        # all the memory there is.
        small = self.drawn(check["inputs"], 500)
        size = f"a batch of {check['n']:,}"
        try:
            right = values.returned(
                self.called(solution, small),
                self.challenge["returns"],
                self.numpy,
            )
            got = self.numbers(small)
            if got.shape != right.shape:
                return Check(
                    check["title"],
                    False,
                    case="a batch of 500",
                    got=_of_shape(got.shape),
                    expected=_of_shape(right.shape),
                    means=meanings.of_shape(got.shape, right.shape),
                )
            large = self.drawn(check["inputs"], check["n"])
            allowed = TOO_SLOW * min(
                _seconds(lambda: self.called(solution, large))
                for _ in range(MEASURED)
            )
            times = []
            while True:
                times.append(_seconds(lambda: self.call(large)))
                if times[-1] <= allowed:
                    return None
                if times[-1] > LONG or len(times) == MEASURED:
                    break
        except Raised as raised:
            return Check(
                check["title"],
                False,
                case=size,
                got=raised.message,
                expected="no error",
                means=meanings.of_error(raised.message, check),
                line=raised.line,
            )
        except Misfit as misfit:
            return Check(
                check["title"],
                False,
                case=size,
                got=misfit.got,
                expected=misfit.expected,
                means=misfit.means,
            )
        ratio = min(times) / allowed * TOO_SLOW
        return Check(
            check["title"],
            False,
            case=size,
            got=f"{ratio:.0f} times the solution's time",
            expected=f"at most {TOO_SLOW} times",
            means="A Python loop, a comprehension or np.vectorize goes"
            " through the batch one by one: let NumPy work on the whole"
            " array.",
        )

    def drawn(self, inputs: Sequence[Any], n: int) -> list[Any]:
        """Arguments for a batch of n, always the same."""
        rng = self.numpy.random.default_rng(0)
        draw: dict[Any, Callable[[], Any]] = {
            "normal": lambda: rng.normal(size=n),
            "shares": lambda: rng.uniform(0.01, 0.99, n),
            "bits": lambda: rng.integers(0, 2, n) * 1.0,
            "signs": lambda: rng.integers(0, 2, n) * 2.0 - 1,
            "labels": lambda: rng.integers(0, CLASSES, n),
            "logits": lambda: rng.normal(size=(n, CLASSES)),
            "rows": lambda: rng.dirichlet([1.0] * CLASSES, n),
        }
        return [
            draw[one]() if isinstance(one, str) else one
            for one in inputs
        ]

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


def _of_shape(shape: tuple[int, ...]) -> str:
    return f"shape {shape}" if shape else "a single number"


def _summary(shape: tuple[int, ...], wanted: Sequence[Expected]) -> str:
    text = ", ".join(map(values.shown, wanted))
    return text if len(wanted) <= 4 else _of_shape(shape)


def _content(argument: Any) -> Any:
    """What of an argument can be changed."""
    if hasattr(argument, "tobytes"):
        return argument.dtype, argument.shape, argument.tobytes()
    return None


def _seconds(function: Callable[[], Any]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start
