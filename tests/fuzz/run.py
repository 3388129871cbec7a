"""Look for inputs that break a loss, for some minutes: make fuzz.

    python tests/fuzz/run.py [SECONDS] [SEED]

Every round tries 50 random cases of each loss. A finding is shrunk and
printed as code that repeats it. The exit status is the number of findings.
"""

import random
import sys
import time
from dataclasses import dataclass, field
from math import inf, nan  # noqa: F401 (for the printed cases)
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz_cases import SPECS, Case, cases
from fuzz_checks import check
from hypothesis import (
    HealthCheck,
    Phase,
    Verbosity,
    given,
    seed,
    settings,
)

CASES_PER_ROUND = 50


@dataclass
class Run:
    seconds: float
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    findings: dict[str, str] = field(default_factory=dict)

    @property
    def left(self) -> float:
        return self.started + self.seconds - time.monotonic()

    def round(self, loss: str, number: int) -> None:
        """Try some cases of one loss, and shrink the first that fails."""
        failed: list[tuple[Case, Exception]] = []

        @seed(number)
        @settings(
            max_examples=CASES_PER_ROUND,
            database=None,
            deadline=None,
            derandomize=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        @given(cases(loss))
        def attempt(case: Case) -> None:
            if self.left <= 0:
                return
            self.done += 1
            self.show_progress(loss)
            try:
                check(case)
            except Exception as error:
                failed.append((case, error))
                raise

        try:
            attempt()
        except Exception:
            # Hypothesis ends with the simplest case that it knows.
            case, error = failed[-1]
            self.findings[loss] = finding(case, error, number)
            print(self.findings[loss], flush=True)

    def show_progress(self, loss: str) -> None:
        if sys.stderr.isatty() and self.done % 20 == 0:
            print(
                f"\r{self.done:>8} cases, {self.left:>4.0f} s left, "
                f"{len(self.findings)} findings  {loss:<16}",
                end="",
                file=sys.stderr,
            )


def finding(case: Case, error: Exception, number: int) -> str:
    return (
        f"\n# {type(error).__name__}: {error}\n# seed {number}\n"
        "from math import inf, nan\n"
        "from fuzz_cases import Case\n"
        "from fuzz_checks import check\n"
        f"check({case!r})"
    )


def main(seconds: float, first_seed: int) -> int:
    run = Run(seconds)
    print(f"seed {first_seed}", flush=True)
    number = first_seed
    while run.left > 0:
        for loss in SPECS:
            # One finding of a loss is enough to work on.
            if run.left > 0 and loss not in run.findings:
                run.round(loss, number)
        number += 1
        if len(run.findings) == len(SPECS):
            break
    print(f"\n{run.done} cases, {len(run.findings)} findings")
    return len(run.findings)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    seconds = float(arguments[0]) if arguments else 300
    chosen = (
        int(arguments[1]) if arguments[1:] else random.getrandbits(32)
    )
    sys.exit(main(seconds, chosen))
