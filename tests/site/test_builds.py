"""What makes the build fail, and what makes it run a chapter again."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError
from tiny_book import TinyBook

from lossbook.site.paths import node_module

CELL = "```{{code-cell}} ipython3\n{}\n```\n"

# The text of a chapter, and what the build must say of it.
FAULTS = {
    "bad TeX": (
        "So $\\fraction{1}{2}$.",
        r"bad_tex\.md:13: WARNING: KaTeX parse error: .*fraction",
    ),
    "failing cell": (
        CELL.format("1 / 0"),
        r"failing_cell\.md: WARNING: Executing notebook failed"
        r"(?s:.*)ZeroDivisionError",
    ),
    "cell that warns": (
        CELL.format("import sys; print('oh', file=sys.stderr)"),
        r"cell_that_warns\.md:\d+: ERROR: stderr was found",
    ),
    "broken reference": (
        "See {ref}`nowhere`.",
        r"broken_reference\.md:13: WARNING: undefined label: 'nowhere'",
    ),
    "broken link": (
        "See [there](nowhere.md).",
        r"broken_link\.md:13: WARNING: .*'nowhere\.md'",
    ),
    "broken link within the page": (
        "See [there](#nowhere).",
        r"broken_link_within_the_page\.md:13: WARNING: .*'nowhere'",
    ),
    "unknown challenge": (
        ":::{challenge} nowhere\n:::",
        r"unknown_challenge\.md:13: ERROR: .*no challenge 'nowhere'",
    ),
    "figure without words": (
        CELL.format(
            "from lossbook.plotting import figure\n"
            "chart, axis = figure()\n"
            "chart"
        ),
        r"figure_without_words\.md:\d+: WARNING: the figure of code cell"
        r" \d+ says nothing",
    ),
    "unknown explorer": (
        ":::{explore} hubber\n:::",
        r"unknown_explorer\.md:13: ERROR: no explorer 'hubber'; there"
        r" are: mae,",
    ),
    "nothing for Jupyter": (
        "[^1]: A footnote.\n\nA claim.[^1]",
        r"WARNING: book/nothing_for_jupyter\.md:13: .*footnote",
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> TinyBook:
    return TinyBook(tmp_path)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    book = TinyBook(tmp_path_factory.mktemp("faulty"))
    for name, (text, _) in FAULTS.items():
        book.write_chapter(text, name.lower().replace(" ", "_"))
    return book


@pytest.fixture(scope="module")
def complaints(faulty: TinyBook) -> str:
    built = faulty.build()
    assert built.returncode != 0
    return built.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(complaints: str, fault):
    assert re.search(FAULTS[fault][1], complaints), complaints


def test_every_fault_counts(complaints: str, faulty: TinyBook):
    # A failing cell gives two, what failed and where the traceback is; so
    # does what is broken for the page and for the notebook, four times.
    expected = f"{len(FAULTS) + 5} warnings"
    assert expected in complaints
    again = faulty.build()
    assert again.returncode != 0
    assert expected in again.stdout


def test_a_chapter_runs_again_when_what_it_depends_on_changed(
    book: TinyBook,
):
    book.write("lossbook/imported.py", 'GREETING = "first"\n')
    book.write("lossbook/printed.py", 'print("printed at first")\n')
    cells = (
        "```{code-cell} ipython3\n:load: ../lossbook/printed.py\n```\n\n"
        + CELL.format(
            "from time import time_ns\n"
            "from lossbook.imported import GREETING\n"
            'print(f"{GREETING}, run {time_ns()}")'
        )
    )

    def built(text: str) -> tuple[str, str]:
        """The page, and what tells one run of its cells from another."""
        book.write_chapter(f"{text}\n\n{cells}")
        result = book.build()
        assert result.returncode == 0, result.stdout
        page = BeautifulSoup(book.page(), "html.parser").get_text()
        return page, re.search(r"\w+, run \d+", page)[0]

    page, run = built("Some text.")
    assert run.startswith("first, ")

    page, run_after_text = built("Other text.")
    assert "Other text." in page
    assert run_after_text == run, (
        "an edit of the text ran the cells again"
    )

    book.write("lossbook/imported.py", 'GREETING = "second"\n')
    page, run_after_import = built("Other text.")
    assert run_after_import.startswith("second, ")

    book.write("lossbook/printed.py", 'print("printed at last")\n')
    page, run_after_load = built("Other text.")
    assert page.count("printed at last") == 2, "its code and its output"
    assert "printed at first" not in page
    assert run_after_load != run_after_import

    book.write("bench/recorded.json", "{}\n")
    _, run_after_recording = built("Other text.")
    assert run_after_recording != run_after_load

    book.write("lossbook/questions/chapter.yml", "[]\n")
    _, run_after_question = built("Other text.")
    assert run_after_question == run_after_recording, (
        "an edit of a question ran the cells again"
    )

    caches = book.folder / "_build" / ".jupyter_cache"
    assert len(list(caches.iterdir())) == 1, "old results are kept"


def test_python_comes_from_where_the_setting_says(book: TinyBook):
    book.write_chapter(":::{challenge} huber-scalar\n:::")
    settings = (book.folder / "_config.yml").read_text(encoding="utf-8")

    def built(address: str) -> tuple[int, str]:
        setting = f"  config:\n    lossbook_pyodide: {address}"
        book.write(
            "_config.yml", settings.replace("  config:", setting)
        )
        result = book.build()
        return result.returncode, result.stdout

    for address in ("pyodide/", "https://python.example/0.29.3/"):
        failed, said = built(address)
        assert not failed, said
        assert f'data-pyodide="{address}"' in book.page()
    failed, said = built("https://python.example")
    assert failed
    assert "lossbook_pyodide is 'https://python.example'" in said


def test_the_page_of_a_removed_chapter_goes(book: TinyBook):
    book.write_chapter("It stays.")
    book.write_chapter("It goes.", "gone")
    book.build()
    assert book.page("gone")
    book.remove_chapter("gone")
    result = book.build()
    assert result.returncode == 0, result.stdout
    assert book.page()
    with pytest.raises(FileNotFoundError):
        book.page("gone")


def test_a_missing_npm_package_says_what_to_run():
    with pytest.raises(ExtensionError, match="run `make book` once"):
        node_module("no-such-package")
