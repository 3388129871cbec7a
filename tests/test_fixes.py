"""The fixes that a chapter shows are lines of code that it runs.

A ``py`` block stands in the text, shows only the lines that matter and
is not executed. The next cell, which proves the answer, is: so the
lines must stand in it, as they are and without a gap.
"""

import re
import textwrap
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[1] / "book"
FIX = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CELL = re.compile(
    r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def fixes():
    """Each fix, and the cell that follows it."""
    for path in sorted(BOOK.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        for found in FIX.finditer(text):
            cell = CELL.search(text, found.end())
            line = text.count("\n", 0, found.start()) + 1
            yield pytest.param(
                found[1],
                cell[1] if cell else "",
                id=f"{path.stem}:{line}",
            )


def blocks(code, length):
    """All that stands in so many lines on end, brought to the margin."""
    lines = code.splitlines(keepends=True)
    for first in range(len(lines) - length + 1):
        yield textwrap.dedent("".join(lines[first : first + length]))


@pytest.mark.parametrize(("fix", "cell"), list(fixes()))
def test_a_fix_stands_in_the_cell_that_proves_it(fix, cell):
    assert fix in blocks(cell, fix.count("\n")), (
        "the next code cell does not have these lines:\n" + fix
    )
