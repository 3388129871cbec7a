"""The checker has teeth: it rejects small slips in every step of the book."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sympy as sp
from equivalent_mutants import EQUIVALENT
from mutants import mutants

from lossbook.symbolic import (
    CheckError,
    Context,
    Derivation,
    check_equal,
)
from lossbook.symbolic.unfold import evaluated

ROOT = Path(__file__).parents[2]
FORMULAS = ROOT / "lossbook" / "formulas"
NOTEBOOKS = ROOT / "notebooks"


@dataclass(frozen=True)
class Step:
    """A step that the book takes."""

    before: sp.Expr
    after: sp.Expr
    context: Context
    at_kinks: bool


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    """Every step of the formulas and of the chapters, each once."""
    found: dict[str, Step] = {}
    take = Derivation.step

    def record(
        self: Derivation, expr: sp.Expr, reason: str, **options: bool
    ) -> Derivation:
        before = self.result
        take(self, expr, reason, **options)
        with sp.evaluate(True):
            step = Step(
                evaluated(before),
                evaluated(expr),
                self.context,
                options.get("at_kinks", True),
            )
        found.setdefault(str((step.before, step.after)), step)
        return self

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Derivation, "step", record)
        for file in sorted(FORMULAS.glob("*.py")):
            _run([file.read_text(encoding="utf-8")])
        # What the chapters print would hide what this test says.
        patch.setattr("sys.stdout", io.StringIO())
        for file in sorted(NOTEBOOKS.glob("*.ipynb")):
            notebook = json.loads(file.read_text(encoding="utf-8"))
            _run(
                "".join(cell["source"])
                for cell in notebook["cells"]
                if cell["cell_type"] == "code"
            )
    return list(found.values())


def _run(cells: Iterable[str]) -> None:
    namespace: dict[str, object] = {"display": lambda *_: None}
    for cell in cells:
        exec(compile(cell, "<cell>", "exec"), namespace)


def test_at_least_99_of_100_slips_are_rejected(
    steps: list[Step],
) -> None:
    survivors: set[tuple[str, str]] = set()
    rejected = 0
    for step in steps:
        for mutant in mutants(step.after):
            try:
                check_equal(
                    step.before,
                    mutant,
                    step.context,
                    at_kinks=step.at_kinks,
                )
            except CheckError:
                rejected += 1
            else:
                survivors.add((str(step.after), str(mutant)))
    total = rejected + len(survivors)
    print(
        f"{rejected} of {total} mutants of {len(steps)} steps rejected"
    )
    assert survivors == set(EQUIVALENT)
    assert rejected >= 0.99 * total
