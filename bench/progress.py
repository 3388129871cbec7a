"""Says what is under way: one line on a terminal, else a line each."""

import sys
import time
from typing import TextIO


class Progress:
    def __init__(self, steps: int, stream: TextIO = sys.stderr) -> None:
        self.steps = steps
        self.done = 0
        self.stream = stream
        self.start = time.monotonic()

    def step(self, what: str) -> None:
        """The next step begins."""
        self.done += 1
        seconds = time.monotonic() - self.start
        line = f"[{self.done}/{self.steps}] {seconds:4.0f} s  {what}"
        if self.stream.isatty():
            # To the line's start, and afterwards clear its rest.
            self.stream.write(f"\r{line[:78]}\x1b[K")
        else:
            self.stream.write(f"{line}\n")
        self.stream.flush()

    def finish(self) -> None:
        if self.stream.isatty():
            self.stream.write("\r\x1b[K")
            self.stream.flush()
