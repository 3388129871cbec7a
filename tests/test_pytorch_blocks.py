"""What the chapters say about PyTorch is run, not believed.

Building the book must not need PyTorch, so such code stands in the
chapters as plain ``python`` blocks, which the build does not execute.
"""

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[1] / "book"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)

CHAPTERS = {
    path: blocks
    for path in sorted(BOOK.rglob("*.md"))
    if (blocks := BLOCK.findall(path.read_text(encoding="utf-8")))
}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_blocks_of_a_chapter_hold(path: Path) -> None:
    """They run in order, in one namespace, and assert something."""
    blocks = CHAPTERS[path]
    assert any("assert " in block for block in blocks)
    namespace: dict[str, object] = {}
    for number, block in enumerate(blocks, start=1):
        source = f"{path.name}, python block {number}"
        exec(compile(block, source, "exec"), namespace)
