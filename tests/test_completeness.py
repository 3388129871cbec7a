"""Nothing is missing: files of a loss, and support for the book's numbers."""

import re
from collections import defaultdict

import pytest
from notebook_runs import ROOT, executed
from numbers_in_text import FENCED_CODE, unsupported

from lossbook.export import Book
from lossbook.plotting import style

PACKAGE = ROOT / "lossbook"
BOOK = Book(ROOT)
PRINTED_COLUMNS = 72  # what the text column shows at 1280 px


def modules(folder):
    files = (PACKAGE / folder).glob("*.py")
    return {f.stem for f in files} - {"__init__", "base"}


def loaded_files():
    """The chapters on disk that print each file of the package."""
    chapters = defaultdict(list)
    for chapter in sorted((ROOT / "book").rglob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        for path in re.findall(r"^:load: (.+)$", text, re.MULTILINE):
            file = (chapter.parent / path).resolve()
            chapters[file.relative_to(ROOT).as_posix()].append(chapter)
    return chapters


SLUGS = sorted(modules("formulas") | modules("losses"))
LOADED = loaded_files()


def lacks(slug):
    """What the loss of this slug still needs, as a list of sentences."""
    missing = []
    files = [
        f"lossbook/{folder}/{slug}.py"
        for folder in ("formulas", "losses")
    ]
    for file in files:
        if not (ROOT / file).exists():
            missing.append(file)
    for file in files:
        if len(LOADED[file]) != 1:
            missing.append(
                f"exactly one chapter with  :load: ../../{file}"
            )
    chapters = {chapter for file in files for chapter in LOADED[file]}
    for chapter in chapters:
        path = chapter.relative_to(ROOT).with_suffix("").as_posix()
        if path not in [page.path for page in BOOK.pages]:
            missing.append(f"a line of _toc.yml:  - file: {path}")
        for folder in ("questions", "challenges"):
            file = f"{folder}/{chapter.stem}.yml"
            if not (PACKAGE / file).exists():
                missing.append(f"lossbook/{file}")
        if not (ROOT / "notebooks" / f"{chapter.stem}.ipynb").exists():
            missing.append(
                f"notebooks/{chapter.stem}.ipynb:  make notebooks"
            )
    if len(chapters) > 1:
        missing.append("one chapter that loads both files")
    try:
        style(slug)
    except ValueError:
        missing.append("a style in lossbook/plotting.py")
    return missing


@pytest.mark.parametrize("slug", SLUGS)
def test_a_loss_has_all_that_belongs_to_it(slug):
    missing = lacks(slug)
    assert not missing, f"the loss {slug!r} lacks " + "; ".join(missing)


def printed_files():
    files = {ROOT / file for file in LOADED}
    for folder in ("formulas", "losses"):
        files |= set((PACKAGE / folder).glob("[!_]*.py"))
    return sorted(
        files | {PACKAGE / "numerics.py", PACKAGE / "gradcheck.py"}
    )


@pytest.mark.parametrize(
    "file", printed_files(), ids=lambda f: f"{f.parent.name}-{f.stem}"
)
def test_what_the_book_prints_fits_the_page(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    wide = [
        n
        for n, line in enumerate(lines, 1)
        if len(line) > PRINTED_COLUMNS
    ]
    where = ", ".join(f"{file.relative_to(ROOT)}:{n}" for n in wide)
    assert not wide, f"{where}: more than {PRINTED_COLUMNS} columns"


# Every number in the text must be computed in its chapter: it stands there
# in the code or in an output, with at least as many digits.


def texts_of(chapter):
    """What the reader reads: the text and the captions."""
    for cell, _ in chapter.cells():
        if cell.cell_type == "markdown":
            yield cell.source
        else:
            figure = cell.metadata.get("mystnb", {}).get("figure", {})
            yield figure.get("caption", "")


def support_of(chapter):
    """The code that runs, with what it puts out, and the code in the text.

    The latter runs in tests of its own.
    """
    notebook = executed(ROOT / "notebooks" / f"{chapter.slug}.ipynb")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield cell.source
            for output in cell.outputs:
                yield output.get("text", "")
                yield output.get("data", {}).get("text/plain", "")
                yield output.get("data", {}).get("text/latex", "")
    for text in texts_of(chapter):
        yield from (code[0] for code in FENCED_CODE.finditer(text))


@pytest.mark.parametrize("chapter", BOOK.chapters, ids=lambda c: c.slug)
def test_every_number_in_the_text_is_computed_in_its_chapter(chapter):
    support = "\n".join(support_of(chapter))
    missing = [
        number
        for text in texts_of(chapter)
        for number in unsupported(text, support)
    ]
    assert not missing, (
        f"{chapter.path}.md says {', '.join(missing)}, "
        "which neither its code nor its outputs show"
    )


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("It is 0.693.", "0.6931471805599453"),
        ("It is 0.69, about 0.7.", "0.693"),
        ("It falls to −0.5.", "x = -0.5"),
        ("Between 0.1 and 1,234.5.", "[0.1 1234.50]"),
        ("Below 2e-16, or 2.2e-16.", "2.22e-16"),
        ("95 % of them, 95% of them.", "0.9496"),
        ("95 % of them.", "95.2%"),
        ("In 4 of 5 cases since 1964.", ""),
        (
            "By `0.5` and $0.5$ and\n\n$$\n0.5\n$$\n\n```\n0.5\n```\n",
            "",
        ),
        (
            "See [the paper](https://example.org/0.5), arXiv:1512.00567.",
            "",
        ),
        ("PyTorch 2.13.0 on float32.", ""),
    ],
)
def test_a_number_that_is_shown_is_supported(text, support):
    assert unsupported(text, support) == []


@pytest.mark.parametrize(
    ("text", "support", "missing"),
    [
        ("It is 0.693.", "0.6949", ["0.693"]),
        ("It is 0.6931.", "0.693", ["0.6931"]),
        ("It is 0.5.", "", ["0.5"]),
        ("It is 1,234.5.", "234.5", ["1,234.5"]),
        ("It is 2e-16.", "2e-15", ["2e-16"]),
        ("It is 95 %.", "95", ["95 %"]),
        ("It is 95 %.", "0.96", ["95 %"]),
        (
            "After `code` 0.5 and $x$ 0.25 (0.125).",
            "",
            ["0.5", "0.25", "0.125"],
        ),
        ("> - **0.5** of | 0.25 |", "", ["0.5", "0.25"]),
    ],
)
def test_a_number_that_is_not_shown_is_not(text, support, missing):
    assert unsupported(text, support) == missing
