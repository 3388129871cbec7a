"""Writes the book's chapters as notebooks: book/**/*.md to notebooks/*.ipynb.

`python -m lossbook.export`, in the book's folder, writes those that have
changed; with `--check` it only lists them and fails if there are any.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml
from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import ValidationError

from lossbook.plain_markdown import (
    Call,
    NoCounterpart,
    headings_and_labels,
    numbered,
    parts_and_calls,
    plain_markdown,
    plain_text,
)
from lossbook.practice import challenges

INDEX = "index"  # the notebook that lists the others
OPTIONS = ("load", "mystnb", "tags")
# Tags of what the page folds or leaves out, and Jupyter can fold.
HIDING = {"hide-cell", "hide-input", "remove-cell", "remove-input"}
# What folds code and output away in Jupyter: a heading that is collapsed.
FOLD = "###### Code and its output"
FIGURE_OPTIONS = {"figure": ("caption", "name"), "image": ("alt",)}

# How a notebook comes by what stands for a directive.
IMPORTS = {
    "quiz": "from lossbook.practice.notebook import quiz",
    "check": "from lossbook.practice.notebook import check",
    "explore": """\
# On the book's page, its point and its sliders can be moved.
from lossbook.practice.explore import explore""",
}

# Shown as it stands, without a traceback: `_render_traceback_` is what
# IPython asks an exception for. Run All still stops there.
FIRST_CELL = """\
try:
    import lossbook  # noqa: F401
except ModuleNotFoundError as missing:
    how = "lossbook is missing. In the book's folder: pip install ."
    missing._render_traceback_ = lambda: [how]
    raise"""


Cell = dict[str, Any]  # as it stands in the notebook's JSON


class ExportError(ValueError):
    """A chapter that no notebook can be made of; says where and why."""


@dataclass(frozen=True)
class Page:
    """A page of the book, at `path` without its suffix, relative to the book."""

    book: Path
    path: str
    part: str

    @property
    def file(self) -> Path:
        return self.book / f"{self.path}.md"

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]

    @cached_property
    def text(self) -> str:
        try:
            return self.file.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise ExportError(
                f"_toc.yml names {self.path}: no such file"
            ) from None

    @cached_property
    def source(self) -> Any:
        """The chapter as jupytext reads it."""
        try:
            return myst_to_notebook(self.text, add_source_map=True)
        except (MystMetadataParsingError, ValidationError) as problem:
            raise ExportError(f"{self.path}.md: {problem}") from None

    @property
    def is_notebook(self) -> bool:
        return bool(self.source.metadata.get("jupytext"))

    @cached_property
    def names(self) -> dict[str, str]:
        """The title of everything in the page that can be referred to."""
        names: dict[str, str] = {}
        for cell, first in self.cells():
            if cell.cell_type == "markdown":
                names |= headings_and_labels(
                    numbered(cell.source, first)
                )
            elif name := _figure(cell).get("name"):
                names[name] = _figure(cell).get("caption", "")
        return names

    @property
    def title(self) -> str:
        for title in self.names.values():
            if title:
                return title
        raise ExportError(
            f"{self.path}.md: no title, a line that starts with #"
        )

    def cells(self) -> Iterator[tuple[Any, int]]:
        """The cells with the number of the line at which each begins."""
        lines = self.text.split("\n")
        starts = self.source.metadata.source_map
        for cell, start in zip(self.source.cells, starts, strict=True):
            if cell.cell_type == "markdown":
                while not lines[start].strip():
                    start += 1
                yield cell, start + 1
            else:
                yield cell, start

    def error(self, number: int, problem: str) -> ExportError:
        return ExportError(f"{self.path}.md:{number}: {problem}")


class Book:
    """The book in a folder: the pages that its _toc.yml names, in that order.

    Raises:
        ExportError: no _toc.yml there, or two pages of the same slug.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            toc = yaml.safe_load(
                (folder / "_toc.yml").read_text(encoding="utf-8")
            )
        except FileNotFoundError:
            raise ExportError(
                f"no book here: {folder} has no _toc.yml"
            ) from None
        self.pages = [
            Page(folder, path, part) for path, part in _paths(toc)
        ]
        self.chapters = [
            page for page in self.pages if page.is_notebook
        ]
        by_slug: dict[str, Page] = {}
        for page in self.chapters:
            if page.slug == INDEX:
                raise ExportError(
                    f"{page.path}.md: the slug {INDEX!r} is taken"
                )
            if page.slug in by_slug:
                raise ExportError(
                    f"two chapters have the slug {page.slug!r}: "
                    f"{by_slug[page.slug].path}.md and {page.path}.md"
                )
            by_slug[page.slug] = page

    def notebooks(self) -> dict[str, str]:
        """The text of every notebook, by the name of its file."""
        texts = {
            f"{page.slug}.ipynb": self.notebook(page)
            for page in self.chapters
        }
        return {f"{INDEX}.ipynb": self._index(), **texts}

    def notebook(self, page: Page) -> str:
        """The text of the notebook of one chapter."""
        cells = [
            cell
            for pair in page.cells()
            for cell in self._converted(page, *pair)
        ]
        kinds = [cell["cell_type"] for cell in cells]
        if "code" in kinds:
            cells.insert(
                kinds.index("code"), _code_cell(FIRST_CELL, {})
            )
        return _text(page.slug, list(_folded(cells)))

    def page(self, path: str) -> Page:
        """The page at a path without suffix, relative to the book's folder."""
        for page in self.pages:
            if page.path == path:
                return page
        raise LookupError(f"{path} is not in _toc.yml")

    @cached_property
    def linked_headings(self) -> frozenset[str]:
        texts = "".join(page.text for page in self.pages)
        return frozenset(
            re.findall(r"\]\([^()\s]*#([^()\s]+)\)", texts)
        )

    def _converted(
        self, page: Page, cell: Any, first: int
    ) -> Iterator[Cell]:
        links = PageLinks(self, page)
        try:
            if cell.cell_type == "markdown":
                lines = numbered(cell.source, first)
                for part in parts_and_calls(lines):
                    if not isinstance(part, Call):
                        if text := plain_markdown(part, links):
                            yield _markdown_cell(text)
                    elif part.directive == "challenge":
                        yield from _challenge(part)
                    else:
                        yield _code_cell(_call(part), {})
            elif cell.cell_type == "code":
                yield _code(page, cell, first)
                if caption := _caption(cell, first, links):
                    yield _markdown_cell(caption)
            else:
                raise NoCounterpart(first, f"a {cell.cell_type} cell")
        except NoCounterpart as problem:
            raise page.error(problem.number, str(problem)) from None

    def _index(self) -> str:
        lines = [f"# {self.pages[0].title}"]
        part = None
        for page in self.chapters:
            if page.part != part:
                part = page.part
                lines += ["", f"## {part}", ""] if part else [""]
            lines.append(f"- [{page.title}]({page.slug}.ipynb)")
        return _text(INDEX, [_markdown_cell("\n".join(lines))])


class PageLinks:
    """Where the references in a page lead, seen from its notebook."""

    def __init__(self, book: Book, page: Page) -> None:
        self._book = book
        self._page = page
        self.linked_headings = book.linked_headings

    def link(self, target: str) -> tuple[str, str]:
        if re.match(r"[a-z][a-z+.-]*:", target):
            return "", target
        path, _, name = target.partition("#")
        if not path:
            return self._named(self._page, name)
        if path.endswith(".md"):
            page = self._book.page(
                self._inside(path.removesuffix(".md"))
            )
            return self._named(page, name) if name else self._to(page)
        if "/" not in target and "." not in target:
            return self.label(target)
        return "", self.picture(target)

    def document(self, path: str) -> tuple[str, str]:
        return self._to(self._book.page(self._inside(path)))

    def label(self, name: str) -> tuple[str, str]:
        for page in self._book.pages:
            if name in page.names:
                return self._named(page, name)
        raise LookupError(f"nothing has the label {name!r}")

    def picture(self, path: str) -> str:
        inside = self._inside(path)
        if not (self._book.folder / inside).exists():
            raise LookupError(f"no such file: {path}")
        return f"../{inside}"  # as seen from notebooks/

    def _inside(self, path: str) -> str:
        """The path relative to the book's folder, not to the page."""
        if path.startswith("/"):
            return path[1:]
        return os.path.normpath(
            os.path.join(os.path.dirname(self._page.path), path)
        )

    def _to(self, page: Page) -> tuple[str, str]:
        if page.is_notebook:
            return page.title, f"{page.slug}.ipynb"
        if (
            page is self._book.pages[0]
        ):  # the welcome page; the index stands for it
            return page.title, f"{INDEX}.ipynb"
        return page.title, ""  # a page of the site only

    def _named(self, page: Page, name: str) -> tuple[str, str]:
        if name not in page.names:
            raise LookupError(
                f"{page.path}.md has nothing named {name!r}"
            )
        address = "" if page is self._page else self._to(page)[1]
        return page.names[name], f"{address}#{name}"


def _paths(
    toc: dict[str, Any], part: str = ""
) -> Iterator[tuple[str, str]]:
    """The path of each page and the caption of its part."""
    for key in ("root", "file"):
        if key in toc:
            yield toc[key].removesuffix(".md"), part
    for key in ("parts", "subtrees", "chapters", "entries", "sections"):
        for entry in toc.get(key, []):
            yield from _paths(entry, entry.get("caption", part))


def _code(page: Page, cell: Any, first: int) -> Cell:
    for option in cell.metadata:
        if option not in OPTIONS:
            known = ", ".join(OPTIONS)
            raise NoCounterpart(
                first, f"unknown option {option!r}; there are: {known}"
            )
    source = cell.source
    if "load" in cell.metadata:
        file = page.file.parent / cell.metadata["load"]
        if not file.is_file():
            raise NoCounterpart(
                first, f"no such file: {cell.metadata['load']}"
            )
        source = file.read_text(encoding="utf-8").rstrip("\n")
    metadata: dict[str, Any] = {}
    if tags := cell.metadata.get("tags"):
        metadata["tags"] = tags
        if HIDING & set(tags):
            metadata["jupyter"] = {"source_hidden": True}
    return _code_cell(source, metadata)


def _call(call: Call) -> str:
    """The code that shows the same in Jupyter."""
    _, name, argument, options = call
    arguments = ", ".join(
        map(json.dumps, [argument, *options.values()])
    )
    return f"{IMPORTS[name]}\n\n{name}({arguments})"


def _challenge(call: Call) -> Iterator[Cell]:
    """What to write and how, where to write it, and its check."""
    try:
        found = challenges.find(call.argument)
    except LookupError as problem:
        raise NoCounterpart(call.number, str(problem.args[0])) from None
    parts = [f"### Challenge: {found.title}", found.task]
    for number, hint in enumerate(found.hints, 1):
        parts += _details(f"Hint {number}", hint)
    solution = f"```python\n{found.solution.rstrip()}\n```"
    if found.method:
        solution += f"\n\n{challenges.OWN} `{found.method}`."
    parts += _details("Solution", solution)
    yield _markdown_cell("\n\n".join(part.strip() for part in parts))
    yield _code_cell(found.stub.rstrip(), {})
    yield _code_cell(
        f"{IMPORTS['check']}\n\n"
        f"check({json.dumps(found.id)}, {found.name})",
        {},
    )


def _details(summary: str, inside: str) -> Sequence[str]:
    opening = f"<details>\n<summary>{summary}</summary>"
    return opening, inside, "</details>"


def _folded(cells: list[Cell]) -> Iterator[Cell]:
    """The cells, and a collapsed heading before each that the page folds.

    Why not simply "outputs_hidden"? JupyterLab opens the output of
    each cell that it runs, and Run All would show every answer. A
    collapsed heading hides all down to the next heading, so it helps
    only where one follows at once, or nothing.
    """
    for cell, after in zip_longest(cells, cells[1:]):
        folds = "hide-cell" in cell["metadata"].get("tags", [])
        if folds and (after is None or _starts_with_heading(after)):
            heading = _markdown_cell(FOLD)
            heading["metadata"] = {"jp-MarkdownHeadingCollapsed": True}
            yield heading
        yield cell


def _starts_with_heading(cell: Cell) -> bool:
    anchors = r'(<div id="[^"]*"></div>\n\n)*'
    starts = re.match(f"{anchors}#+ ", "".join(cell["source"]))
    return cell["cell_type"] == "markdown" and starts is not None


def _figure(cell: Any) -> dict[str, str]:
    figure: dict[str, str] = cell.metadata.get("mystnb", {}).get(
        "figure", {}
    )
    return figure


def _caption(cell: Any, first: int, links: PageLinks) -> str:
    for group, options in cell.metadata.get("mystnb", {}).items():
        if group not in FIGURE_OPTIONS:
            raise NoCounterpart(first, f"unknown option mystnb.{group}")
        for option in options:
            if option not in FIGURE_OPTIONS[group]:
                name = f"mystnb.{group}.{option}"
                raise NoCounterpart(first, f"unknown option {name}")
    figure = _figure(cell)
    caption = plain_text(
        " ".join(figure.get("caption", "").split()), first, links
    )
    anchor = (
        f'<div id="{figure["name"]}"></div>\n\n'
        if "name" in figure
        else ""
    )
    return f"{anchor}*{caption}*" if caption else anchor.strip()


def _markdown_cell(source: str) -> Cell:
    return {
        "cell_type": "markdown",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }


def _code_cell(source: str, metadata: dict[str, Any]) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def _text(slug: str, cells: list[Cell]) -> str:
    notebook = {
        "cells": [
            {"id": f"{slug}-{number:03}", **cell}
            for number, cell in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    # As Jupyter writes it, so that a notebook that was only saved is not stale.
    return (
        json.dumps(
            notebook, ensure_ascii=False, indent=1, sort_keys=True
        )
        + "\n"
    )


def stale(book: Book) -> dict[str, str | None]:
    """What has to be written into notebooks/ by file name; None to remove it."""
    folder = book.folder / "notebooks"
    texts = book.notebooks()
    present = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.glob("*.ipynb")
    }
    return {
        name: texts.get(name)
        for name in sorted(texts.keys() | present.keys())
        if texts.get(name) != present.get(name)
    }


def write(file: Path, text: str) -> None:
    """All of it or nothing."""
    half = file.with_suffix(".part")
    half.write_text(text, encoding="utf-8")
    half.replace(file)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lossbook.export")
    parser.add_argument(
        "--check",
        action="store_true",
        help="only list what is stale; 1 if anything is",
    )
    check = parser.parse_args(arguments).check
    try:
        book = Book(Path.cwd())
        changes = stale(book)
    except ExportError as problem:
        print(problem, file=sys.stderr)
        return 2
    folder = book.folder / "notebooks"
    folder.mkdir(exist_ok=True)
    for name, text in changes.items():
        if check:
            print(f"stale: notebooks/{name}")
        elif text is None:
            (folder / name).unlink()
            print(f"removed notebooks/{name}")
        else:
            write(folder / name, text)
            print(f"wrote notebooks/{name}")
    if not changes:
        print("notebooks/ is up to date")
    elif check:
        print("Run: make notebooks")
    return 1 if check and changes else 0


if __name__ == "__main__":
    sys.exit(main())
