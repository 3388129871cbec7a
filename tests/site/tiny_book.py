"""A small book in a folder of its own, built as the real one is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from built_site import ROOT

CHAPTER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

# A chapter

"""


class TinyBook:
    """A copy of the package with few chapters, that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(
            ROOT / "lossbook",
            folder / "lossbook",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        for name in (
            "_config.yml",
            "constraints.txt",
            "package-lock.json",
            "pyproject.toml",
        ):
            shutil.copy(ROOT / name, folder)
        for name in ("web", "node_modules"):
            (folder / name).symlink_to(ROOT / name)
        self.chapters: list[str] = []
        self.write(
            "book/intro.md", "# Welcome\n\nHere begins the book.\n"
        )

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def write_chapter(self, text: str, name: str = "chapter") -> None:
        self.write(f"book/{name}.md", CHAPTER + text)
        if name not in self.chapters:
            self.chapters.append(name)
        self._write_contents()

    def remove_chapter(self, name: str) -> None:
        (self.folder / "book" / f"{name}.md").unlink()
        self.chapters.remove(name)
        self._write_contents()

    def _write_contents(self) -> None:
        files = "".join(f"  - file: book/{c}\n" for c in self.chapters)
        self.write(
            "_toc.yml",
            f"format: jb-book\nroot: book/intro\nchapters:\n{files}",
        )

    def build(self) -> subprocess.CompletedProcess[str]:
        """Runs the README's build, with the package of this folder."""
        return subprocess.run(
            [
                Path(sys.executable).with_name("jupyter-book"),
                *("build", ".", "-W", "-n", "--keep-going"),
            ],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def page(self, name: str = "chapter") -> str:
        html = self.folder / "_build" / "html" / "book" / f"{name}.html"
        return html.read_text(encoding="utf-8")
