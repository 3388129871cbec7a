"""A function to judge, or a class in its place: calls it, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from lossbook.practice import values
from lossbook.practice.calls import Output, run
from lossbook.practice.overflow import unwatched
from lossbook.practice.returned import Misfit, Numbers, returned

Packed: TypeAlias = Mapping[str, Any]
"""What cases.package made, or a part of it."""


@dataclass
class Candidate:
    """What a reader wrote for one challenge.

    Args:
        what: The function, or the class.
        output: Where to put what it prints.
        file: Whose lines the reader knows.
    """

    challenge: Packed
    what: Any
    output: Output
    file: str

    def __post_init__(self) -> None:
        self.numpy: Any = None
        if "numpy" in self.challenge["packages"]:
            self.numpy = import_module("numpy")

    @property
    def function(self) -> Any:
        """The function itself, or the method of the class."""
        if self.is_class:
            return getattr(self.what, self.challenge["method"], None)
        return self.what

    @property
    def is_class(self) -> bool:
        return isinstance(self.what, type) and "class" in self.challenge

    def run(self, function: Callable[[], Any]) -> Any:
        return run(function, self.output, self.file)

    def arguments(self, case: Packed) -> list[Any]:
        return [values.argument(a, self.numpy) for a in case["args"]]

    def call(self, args: Sequence[Any]) -> Any:
        """What it returns.

        Raises:
            Raised: Whatever it raised.
        """
        return self.run(lambda: self.plain_call(args))

    def plain_call(self, args: Sequence[Any]) -> Any:
        """The same without any protection."""
        if self.is_class:
            loss = self.what(*args[2:])
            return getattr(loss, self.challenge["method"])(*args[:2])
        return self.what(*args)

    def numbers(self, args: Sequence[Any]) -> Numbers:
        """What it returns, as numbers.

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
                return returned(plain, returns, self.numpy)
            except Misfit as misfit:
                return misfit

        found: Numbers | Misfit = self.run(looked_at)
        if isinstance(found, Misfit):
            raise found
        return found
