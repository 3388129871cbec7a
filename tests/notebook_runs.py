"""Runs the committed notebooks, each at most once per test session."""

import tempfile
from functools import cache
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@cache
def executed(notebook):
    """The notebook run top to bottom in a fresh kernel, far from the book."""
    return run(nbformat.read(notebook, as_version=4))


def run(cells):
    with tempfile.TemporaryDirectory() as elsewhere:
        client = NotebookClient(
            cells,
            timeout=120,
            resources={"metadata": {"path": elsewhere}},
        )
        return client.execute()
