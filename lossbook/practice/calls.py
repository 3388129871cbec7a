"""Runs a reader's code so that it can break nothing around it.

What it prints is kept, what it raises is told with its own line, and
what it changed in Python or NumPy is put back. (An endless loop is
stopped from outside.)
"""

from __future__ import annotations

import builtins
import io
import linecache
import math
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from traceback import walk_tb
from types import ModuleType, TracebackType
from typing import Any

from lossbook.practice.errors import of_code

READERS_FILE = "<your code>"
SOLUTION = "<the solution>"
LONGEST_OUTPUT, LONGEST_MESSAGE = 10_000, 500


class Output(io.TextIOBase):
    """What was printed, as much of it as anybody reads."""

    def __init__(self) -> None:
        self.text = ""
        self.cut = False

    def write(self, text: str) -> int:
        room = LONGEST_OUTPUT - len(self.text)
        self.text += text[:room]
        self.cut = self.cut or len(text) > room
        return len(text)

    def whole(self) -> str:
        if not self.cut:
            return self.text
        return f"{self.text}\n… cut after {LONGEST_OUTPUT:,} characters"


@dataclass(frozen=True)
class Raised(Exception):
    """What a reader's code raised, and at which of its lines."""

    message: str
    line: int | None
    source: str


class Stopped(Exception):
    """Somebody pressed Ctrl-C: nothing more is to be run."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(raised.message)
        self.raised = raised


def run(function: Callable[[], Any], output: Output, file: str) -> Any:
    """The result of the function.

    Args:
        output: Where to put what it prints.
        file: Whose lines the reader knows.

    Raises:
        Raised: It raised anything at all, SystemExit included.
        Stopped: It raised KeyboardInterrupt.
    """
    kept = [(module, dict(vars(module))) for module in _shared()]
    limit = sys.getrecursionlimit()
    sys.stdout = sys.stderr = output
    sys.stdin = io.StringIO()
    failed = None
    try:
        with ExitStack() as stack:
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            if numpy := sys.modules.get("numpy"):
                stack.enter_context(numpy.errstate())
            return function()
    except BaseException as error:
        failed = error
    finally:
        for module, names in kept:
            module.__dict__.update(names)
        sys.setrecursionlimit(limit)
    raised = told(failed, file)
    if isinstance(failed, KeyboardInterrupt):
        raise Stopped(raised) from None
    raise raised from None


def _shared() -> Iterator[ModuleType]:
    """The modules that the judge needs as they are."""
    yield from (builtins, math, sys, time)
    if numpy := sys.modules.get("numpy"):
        yield numpy


def told(error: BaseException, file: str) -> Raised:
    line = _line(error, file)
    source = linecache.getline(file, line) if line else ""
    try:
        text = str(error)
        if isinstance(error, SyntaxError):
            text = error.msg  # the line is told anyway
        if isinstance(error, SystemExit) and error.code is None:
            text = ""
    except BaseException:
        text = ""
    parts = type(error).__name__, text, of_code(error, source)
    return Raised(
        _cut(": ".join(filter(None, parts)), LONGEST_MESSAGE),
        line,
        _cut(source.rstrip("\n"), LONGEST_MESSAGE),
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _line(error: BaseException, file: str) -> int | None:
    """Where in the file it was raised, or what could not be parsed."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    lines = list(_lines(error.__traceback__, file))
    return lines[-1] if lines else None


def _lines(trace: TracebackType | None, file: str) -> Iterator[int]:
    for frame, line in walk_tb(trace):
        if frame.f_code.co_filename == file:
            yield line


def executed(code: str, file: str) -> dict[str, Any]:
    """The names that the code defines."""
    names: dict[str, Any] = {"__name__": "your_code"}
    # Or it would inherit this file's `from __future__`.
    exec(compile(code, file, "exec", dont_inherit=True), names)
    return names


def remember(code: str) -> None:
    """Lets messages quote the lines of the reader's code."""
    lines = code.splitlines(keepends=True)
    linecache.cache[READERS_FILE] = (
        len(code),
        None,
        lines,
        READERS_FILE,
    )
