import json
import os
import re
import textwrap
from pathlib import Path

import nbformat
import pytest

from lossbook.export import Book, ExportError, main
from lossbook.practice.challenges import find

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

"""
TOC = """\
format: jb-book
root: book/intro
parts:
- caption: Foundations
  chapters:
  - file: book/foundations/toolbox
- caption: Regression
  chapters:
  - file: book/regression/huber
"""
TOOLBOX = """\
# The toolbox

(stable)=
## Stable `logsumexp`: $\\max$ first

Text.
"""
LOADED = 'def huber():\n    """Clip δ."""\n    return 1\n'


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book of a welcome page, a toolbox and an empty chapter on Huber's loss."""
    monkeypatch.chdir(tmp_path)
    for path, text in {
        "_toc.yml": TOC,
        "book/intro.md": "# Welcome\n\nNot a notebook.\n",
        "book/foundations/toolbox.md": HEADER + TOOLBOX,
        "book/regression/huber.md": HEADER + "# Huber\n",
        "book/regression/curve.png": "",
        "lossbook/losses/huber.py": LOADED,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.fixture
def huber(book):
    """Writes the chapter on Huber's loss and gives the cells of its notebook."""

    def cells(text):
        text = HEADER + textwrap.dedent(text).lstrip("\n")
        (book / "book/regression/huber.md").write_text(
            text, encoding="utf-8"
        )
        exported = Book(book)
        notebook = exported.notebook(
            exported.page("book/regression/huber")
        )
        return nbformat.reads(notebook, as_version=4).cells

    return cells


@pytest.fixture
def markdown(huber):
    """The chapter's Markdown after its title, in plain Jupyter's terms."""

    def convert(text):
        [cell] = huber(
            "# Huber\n\n" + textwrap.dedent(text).lstrip("\n")
        )
        return cell.source.removeprefix("# Huber\n").strip("\n")

    return convert


@pytest.mark.parametrize(
    "text",
    [
        "Plain *text* with `code`, $x^2$ and a [link](https://example.org/a_(b)).",
        "A list:\n\n- one\n- two\n  1. nested",
        "| a | b |\n|---|---|\n| $r$ | `x` |",
        "$$\n\\begin{cases} a & b \\\\ c \\end{cases}\n$$",
        "$$ x = {y}`z` $$",
        "\\begin{align*}\na &= b\n\\end{align*}",
        "```python\n:::{nonsense}\n{role}`x` [^1] [a](b.md)\n```",
        "~~~\n# not a heading\n:::{nonsense}\n~~~",
        "Write `{role}` and ``{ref}`x` `` and \\$5 and `[a](b.md)`.",
        "Say $[a](b)$ or $f{[^1]}$.",
        "> a quotation",
        "<details><summary>By hand</summary></details>",
        "1. First: second\n\n   ```\n   :::{x}\n   ```",
    ],
)
def test_what_jupyter_shows_stays(markdown, text):
    assert markdown(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            ":::{admonition} In **thirty** seconds\n:class: thirty-seconds\n"
            "One.\n\n$$\nx\n= 1\n$$\n:::\nAfter.",
            "> **In **thirty** seconds**\n>\n> One.\n>\n> $$ x = 1 $$\nAfter.",
        ),
        (":::{note}\nMind this.\n:::", "> **Note**\n>\n> Mind this."),
        (":::{tip} Short.\n:::", "> **Tip**\n>\n> Short."),
        (":::{warning}\nA\n:::", "> **Warning**\n>\n> A"),
        (":::{important}\nA\n:::", "> **Important**\n>\n> A"),
        (
            ":::{dropdown} The `code` of **$a*b*c$**\nHidden.\n:::",
            "<details>\n<summary>The <code>code</code> of <strong>$a*b*c$</strong>"
            "</summary>\n\nHidden.\n\n</details>",
        ),
        (
            ":::{dropdown} Open\n:open:\nSeen.\n:::",
            "<details open>\n<summary>Open</summary>\n\nSeen.\n\n</details>",
        ),
        (
            "::::{admonition} Question\n:class: question\nWhy?\n\n"
            ":::{dropdown} Answer\nBecause:\n\n```\n1\n```\n:::\n::::",
            "> **Question**\n>\n> Why?\n>\n"
            "> <details>\n> <summary>Answer</summary>\n>\n"
            "> Because:\n>\n> ```\n> 1\n> ```\n>\n> </details>",
        ),
        (
            ":::{note}\n:name: mind\nThis.\n:::",
            '<div id="mind"></div>\n\n> **Note**\n>\n> This.',
        ),
        ("% a comment\nText.", "Text."),
        ("The role {math}`\\hat y` too.", "The role $\\hat y$ too."),
        ("(here)=\n## Title", '<div id="here"></div>\n\n## Title'),
    ],
)
def test_what_jupyter_does_not_know_becomes_what_it_shows(
    markdown, text, plain
):
    assert markdown(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[text](../foundations/toolbox.md)", "[text](toolbox.ipynb)"),
        (
            "[](../foundations/toolbox.md)",
            "[The toolbox](toolbox.ipynb)",
        ),
        (
            "[t](../foundations/toolbox.md#stable)",
            "[t](toolbox.ipynb#stable)",
        ),
        ("[`t`, $[0, 1]$](huber.md)", "[`t`, $[0, 1]$](huber.ipynb)"),
        (
            "{doc}`../foundations/toolbox`",
            "[The toolbox](toolbox.ipynb)",
        ),
        (
            "{doc}`/book/foundations/toolbox`",
            "[The toolbox](toolbox.ipynb)",
        ),
        (
            "{doc}`the box <../foundations/toolbox>`",
            "[the box](toolbox.ipynb)",
        ),
        (
            "{ref}`stable`",
            "[Stable `logsumexp`: $\\max$ first](toolbox.ipynb#stable)",
        ),
        ("{ref}`this <stable>`", "[this](toolbox.ipynb#stable)"),
        ("[this](stable)", "[this](toolbox.ipynb#stable)"),
        ("[this](#stable)\n\n(stable)=\n## Mine", None),
        ("[home](../intro.md)", "[home](index.ipynb)"),
        (
            "\\$5, $x$ [t](huber.md) $y$",
            "\\$5, $x$ [t](huber.ipynb) $y$",
        ),
        (
            "![A curve](curve.png)",
            "![A curve](../book/regression/curve.png)",
        ),
        (
            "[the file](../../lossbook/losses/huber.py)",
            "[the file](../lossbook/losses/huber.py)",
        ),
        (
            "[mail](mailto:a@example.org)",
            "[mail](mailto:a@example.org)",
        ),
    ],
)
def test_references_become_links_between_notebooks(
    markdown, text, plain
):
    if plain is None:
        assert markdown(text).startswith("[this](#stable)")
    else:
        assert markdown(text) == plain


def test_a_heading_that_is_linked_gets_an_anchor_and_no_other(
    huber, book
):
    [cell] = huber(
        """
        # Huber

        See [there](../foundations/toolbox.md#stable-logsumexp--first).
        See [Derive](#derive).

        ## Derive

        ## Implement
        """
    )
    assert '<div id="derive"></div>\n\n## Derive' in cell.source
    assert "implement" not in cell.source
    assert "(toolbox.ipynb#stable-logsumexp--first)" in cell.source
    toolbox = Book(book).notebooks()["toolbox.ipynb"]
    assert 'id=\\"stable-logsumexp--first\\"' in toolbox


def test_a_loaded_file_fills_its_cell(huber):
    _, _, code = huber(
        """
        # Huber

        ```{code-cell} ipython3
        :load: ../../lossbook/losses/huber.py
        :tags: [raises-exception]
        ```
        """
    )
    assert code.source + "\n" == LOADED
    assert code.metadata == {"tags": ["raises-exception"]}


@pytest.mark.parametrize(
    "tag", ["hide-input", "hide-cell", "remove-cell"]
)
def test_code_that_the_page_folds_is_folded_in_jupyter(huber, tag):
    *_, code = huber(code_cell(f":tags: [{tag}]"))
    assert code.metadata.jupyter == {"source_hidden": True}


@pytest.mark.parametrize(
    "after", ["", "\n## Sources\n", "\n(all)=\n## Sources\n"]
)
def test_the_output_of_a_folded_cell_is_folded_in_jupyter(huber, after):
    """By a heading: outputs_hidden does not outlive Run All."""
    _, _, heading, code, *rest = huber(
        code_cell(":tags: [hide-cell]") + after
    )
    assert heading.source == "###### Code and its output"
    assert heading.metadata == {"jp-MarkdownHeadingCollapsed": True}
    assert code.source == "1"
    assert len(rest) == bool(after)


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        ("hide-input", ""),
        ("hide-cell", "\nText that the heading would hide.\n"),
        ("hide-cell", "\n```{code-cell} ipython3\n# no heading\n```\n"),
    ],
)
def test_nothing_else_is_folded_with_it(huber, tag, after):
    for cell in huber(code_cell(f":tags: [{tag}]") + after):
        assert not cell.source.startswith("######")


FIGURE = """
# Huber

```{code-cell} ipython3
---
mystnb:
  figure:
    caption: |
      Beyond {math}`\\delta`, unlike [before](#huber),
      the pull stops growing.
    name: curve
  image:
    alt: A ramp.
---
chart
```

As {ref}`curve` shows, {ref}`the curve <curve>` is clipped.
"""


def test_the_caption_of_a_figure_follows_its_cell(huber):
    _, _, code, caption, text = huber(FIGURE)
    sentence = "Beyond $\\delta$, unlike [before](#huber), the pull stops growing."
    assert code.source == "chart"
    assert code.metadata == {}
    assert caption.cell_type == "markdown"
    assert caption.source == f'<div id="curve"></div>\n\n*{sentence}*'
    assert "[the curve](#curve)" in text.source


def test_a_challenge_is_its_text_a_stub_and_a_check(huber):
    cells = huber(
        "# Huber\n\n:::{challenge} huber-scalar\n:::\n\nAfter.\n"
    )
    task, stub, check = (cells[i].source for i in (1, 3, 4))
    assert [cell.cell_type for cell in cells] == [
        "markdown",
        "markdown",
        "code",  # the first one, which is ours
        "code",
        "code",
        "markdown",
    ]
    asked = find("huber-scalar")
    assert task.startswith(f"### Challenge: {asked.title}\n\nWrite")
    folded = re.findall(r"<summary>(.*)</summary>\n\n", task)
    assert folded == ["Hint 1", "Hint 2", "Hint 3", "Solution"]
    assert task.count("<details>") == task.count("</details>") == 4
    assert f"```python\n{asked.solution.rstrip()}\n```" in task
    assert stub == asked.stub.rstrip()
    assert check == (
        "from lossbook.practice.notebook import check\n\n"
        'check("huber-scalar", huber)'
    )
    assert cells[5].source == "After."


def test_a_challenge_in_code_is_code(huber):
    [cell] = huber(
        "# Huber\n\n````\n:::{challenge} huber-scalar\n:::\n````\n"
    )
    assert "{challenge} huber-scalar" in cell.source


def test_the_first_code_cell_is_ours_and_the_title_stays_first(huber):
    cells = huber(
        "# Huber\n\n```{code-cell} ipython3\nx = 1\n```\n\n"
        "```{code-cell} ipython3\nx\n```\n"
    )
    sources = [cell.source for cell in cells]
    assert sources[0] == "# Huber"
    assert sources[1].startswith("try:\n    import lossbook")
    assert sources[2:] == ["x = 1", "x"]


@pytest.mark.parametrize(
    ("directive", "call"),
    [
        (":::{quiz} huber\n:::", 'quiz("huber")'),
        (":::{quiz} huber\n:place: see\n:::", 'quiz("huber", "see")'),
        (":::{explore} huber\n:::", 'explore("huber")'),
    ],
)
def test_a_directive_with_a_counterpart_becomes_a_cell(
    huber, directive, call
):
    cells = huber(f"# Huber\n\nBefore.\n\n{directive}\n\nAfter.\n")
    assert [cell.cell_type for cell in cells] == [
        "markdown",
        "code",
        "code",
        "markdown",
    ]
    *_, last = cells[2].source.splitlines()
    assert last == call
    assert cells[3].source == "After."


def test_a_chapter_without_code_needs_no_package(huber):
    assert [cell.cell_type for cell in huber("# Huber\n\nText.\n")] == [
        "markdown"
    ]


def test_notebooks_are_clean_valid_and_say_which_kernel(book):
    for text in Book(book).notebooks().values():
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata.kernelspec.name == "python3"
        assert text == nbformat.writes(notebook) + "\n", (
            "not as Jupyter writes it"
        )


def test_ids_are_those_of_the_chapter_in_order(huber):
    cells = huber(FIGURE)
    assert [cell.id for cell in cells] == [
        f"huber-{i:03}" for i in range(5)
    ]


def test_code_cells_have_no_outputs_and_no_counts(huber):
    for cell in huber(FIGURE):
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_the_index_lists_the_chapters_by_their_parts(book):
    index = json.loads(Book(book).notebooks()["index.ipynb"])
    assert "".join(index["cells"][0]["source"]) == (
        "# Welcome\n\n"
        "## Foundations\n\n- [The toolbox](toolbox.ipynb)\n\n"
        "## Regression\n\n- [Huber](huber.ipynb)"
    )


def test_a_welcome_page_with_code_is_a_notebook_too(book):
    intro = HEADER + "# Welcome\n\n```{code-cell} ipython3\n1\n```\n"
    (book / "book/intro.md").write_text(intro)
    names = [
        "index.ipynb",
        "intro.ipynb",
        "toolbox.ipynb",
        "huber.ipynb",
    ]
    assert list(Book(book).notebooks()) == names
    assert "(intro.ipynb)" in Book(book).notebooks()["index.ipynb"]


def code_cell(options, code="1"):
    return f"# Huber\n\n```{{code-cell}} ipython3\n{options}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (
            "# H\n\n:::{grid} 2\n:::",
            3,
            r"unknown directive \{grid\}.*dropdown",
        ),
        (
            "# H\n\n:::{explore}\n:::",
            3,
            r"\{explore\} wants one name, and no text of its own",
        ),
        (
            "# H\n\n:::{explore} huber\n:place: see\n:::",
            4,
            r"unknown option 'place'",
        ),
        (
            "# H\n\n::::{note}\n:::{tabs}\n:::\n::::",
            4,
            r"unknown directive \{tabs\}",
        ),
        ("# H\n\n```{note}\nx\n```", 3, "with colons"),
        (
            "# H\n\n:::{note}\n:colour: red\nx\n:::",
            4,
            "unknown option 'colour'",
        ),
        ("# H\n\n:::{dropdown}\nx\n:::", 3, "wants a title"),
        ("# H\n\n:::{note}\nx\n", 3, r"\{note\} is not closed"),
        ("# H\n\nx\n:::", 4, "closes nothing"),
        (
            "# H\n\n:::{challenge} hubr\n:::",
            3,
            "no challenge 'hubr'; there are: .*huber-grad",
        ),
        ("# H\n\n:::{challenge}\n:::", 3, "wants one name"),
        (
            "# H\n\nx\n\n:::{challenge} huber-grad\nx\n:::",
            5,
            "wants one name, and no text of its own",
        ),
        ("# H\n\n- x\n\n  :::{note}\n  x\n  :::", 5, "at the margin"),
        (
            "# H\n\nA {term}`b`.",
            3,
            r"unknown role \{term\}.*doc, math, ref",
        ),
        ("# H\n\n:::{note}\nA {term}`b`.\n:::", 4, "unknown role"),
        (
            "# H\n\nA {ref}`nowhere`.",
            3,
            "nothing has the label 'nowhere'",
        ),
        (
            "# H\n\nA {doc}`nowhere`.",
            3,
            "book/regression/nowhere is not in _toc",
        ),
        (
            "# H\n\n[a](mae.md)",
            3,
            r"book/regression/mae is not in _toc\.yml",
        ),
        (
            "# H\n\n[a](#nowhere)",
            3,
            "huber.md has nothing named 'nowhere'",
        ),
        (
            "# H\n\n[a](../foundations/toolbox.md#no)",
            3,
            "toolbox.md has nothing",
        ),
        ("# H\n\n[a](no.py)", 3, r"no such file: no\.py"),
        ("# H\n\n![a](no.png)", 3, r"no such file: no\.png"),
        ('# H\n\n[a](huber.md "title")', 3, "no such file"),
        ("# H\n\nA note.[^1]\n\n[^1]: b", 3, "footnotes"),
        ("# H\n\n[a]{.small}", 3, "attributes"),
        ("# H\n\nTerm\n: text", 4, "definition lists"),
        ("# H\n\n$$\nx\n$$ (eq)", 3, "labelled equations"),
        ("# H\n\n$$\nx", 3, r"\$\$ is not closed"),
        (
            code_cell(":load: ../../no.py", ""),
            3,
            r"no such file: \.\./\.\./no\.py",
        ),
        (
            code_cell(":lineno-start: 3"),
            3,
            "unknown option 'lineno-start'",
        ),
        (
            code_cell("---\nmystnb:\n  figure:\n    align: left\n---"),
            3,
            "figure.align",
        ),
        (
            code_cell("---\nmystnb:\n  markdown_format: gfm\n---"),
            3,
            "markdown_format",
        ),
        (
            code_cell(
                "---\nmystnb:\n  figure:\n    caption: '{term}`a`'\n---"
            ),
            3,
            "unknown role",
        ),
    ],
)
def test_what_no_notebook_can_show_is_refused(
    huber, text, line, problem
):
    with pytest.raises(ExportError, match=problem) as refusal:
        huber(text)
    number = HEADER.count("\n") + line
    where = f"book/regression/huber.md:{number}: "
    assert str(refusal.value).startswith(where)


def test_a_chapter_needs_a_title(book):
    (book / "book/regression/huber.md").write_text(HEADER + "Text.\n")
    with pytest.raises(
        ExportError, match=r"book/regression/huber\.md: no title"
    ):
        Book(book).notebooks()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "---\njupytext: [\n---\n# H\n",
            "Notebook metadata: while parsing",
        ),
        (
            "---\nkernelspec: {name: python3}\n---\n# H\n",
            "'display_name'",
        ),
        (HEADER + code_cell("---\nmystnb: [\n---"), "Code cell 1"),
    ],
    ids=["front matter", "kernel", "options"],
)
def test_metadata_that_jupytext_cannot_read_is_named(
    book, text, problem
):
    (book / "book/regression/huber.md").write_text(text)
    with pytest.raises(ExportError, match=problem) as refusal:
        Book(book)
    assert str(refusal.value).startswith("book/regression/huber.md: ")


def test_two_chapters_cannot_share_a_slug(book):
    (book / "book/foundations/huber.md").write_text(
        HEADER + "# Again\n"
    )
    toc = TOC + "  - file: book/foundations/huber\n"
    (book / "_toc.yml").write_text(toc)
    with pytest.raises(
        ExportError, match=r"'huber'.*regression/huber.*foundations/hub"
    ):
        Book(book)


def test_index_is_no_chapter(book):
    (book / "book/index.md").write_text(HEADER + "# Mine\n")
    (book / "_toc.yml").write_text(TOC + "  - file: book/index\n")
    with pytest.raises(ExportError, match="'index' is taken"):
        Book(book)


def test_a_chapter_of_the_toc_must_exist(book):
    (book / "_toc.yml").write_text(
        TOC + "  - file: book/regression/mae\n"
    )
    with pytest.raises(
        ExportError, match=r"_toc\.yml names book/regression/mae"
    ):
        Book(book)


def test_a_link_to_a_page_that_is_no_notebook_is_its_text(book):
    (book / "book/colophon.md").write_text("# Colophon\n")
    (book / "_toc.yml").write_text(TOC + "  - file: book/colophon\n")
    huber = book / "book/regression/huber.md"
    text = "See [the end](../colophon.md), {doc}`/book/colophon`."
    huber.write_text(HEADER + f"# Huber\n\n{text}\n")
    notebook = json.loads(Book(book).notebooks()["huber.ipynb"])
    [cell] = notebook["cells"]
    assert "".join(cell["source"]).endswith("See the end, Colophon.")


def files_of(book):
    return {
        f.name: f.read_bytes() for f in (book / "notebooks").iterdir()
    }


def test_export_writes_what_is_missing_or_stale_and_says_so(
    book, capsys
):
    assert main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "wrote notebooks/huber.ipynb",
        "wrote notebooks/index.ipynb",
        "wrote notebooks/toolbox.ipynb",
    ]
    fresh = files_of(book)
    assert set(fresh) == {"huber.ipynb", "index.ipynb", "toolbox.ipynb"}
    huber = book / "book/regression/huber.md"
    huber.write_text(huber.read_text() + "\nMore.\n")
    assert main([]) == 0
    assert capsys.readouterr().out == "wrote notebooks/huber.ipynb\n"
    changed = {
        name
        for name, text in files_of(book).items()
        if text != fresh[name]
    }
    assert changed == {"huber.ipynb"}


def test_a_second_export_changes_no_byte_and_touches_no_file(
    book, capsys
):
    main([])
    for file in (book / "notebooks").iterdir():
        os.utime(file, (0, 0))
    before = files_of(book)
    capsys.readouterr()
    assert main([]) == 0
    assert capsys.readouterr().out == "notebooks/ is up to date\n"
    assert files_of(book) == before
    assert {
        f.stat().st_mtime for f in (book / "notebooks").iterdir()
    } == {0}


def test_the_notebook_of_a_chapter_that_is_gone_is_removed_and_nothing_else(
    book, capsys
):
    main([])
    capsys.readouterr()
    (book / "notebooks/data.csv").write_text("1")
    (book / "notebooks/.ipynb_checkpoints").mkdir()
    (book / "notebooks/.ipynb_checkpoints/old.ipynb").write_text("{}")
    (book / "notebooks/mae.ipynb").write_text("{}")
    assert main([]) == 0
    assert capsys.readouterr().out == "removed notebooks/mae.ipynb\n"
    assert not (book / "notebooks/mae.ipynb").exists()
    assert (book / "notebooks/data.csv").exists()
    assert (book / "notebooks/.ipynb_checkpoints/old.ipynb").exists()


def test_check_lists_what_is_stale_and_writes_nothing(book, capsys):
    main([])
    capsys.readouterr()
    assert main(["--check"]) == 0
    (book / "lossbook/losses/huber.py").write_text("x = 2\n")
    huber = book / "book/regression/huber.md"
    huber.write_text(
        HEADER + code_cell(":load: ../../lossbook/losses/huber.py", "")
    )
    (book / "notebooks/mae.ipynb").write_text("{}")
    before = files_of(book)
    capsys.readouterr()
    assert main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stale: notebooks/huber.ipynb",
        "stale: notebooks/mae.ipynb",
        "Run: make notebooks",
    ]
    assert files_of(book) == before


def test_a_change_of_a_loaded_file_makes_its_notebook_stale(
    book, capsys
):
    huber = book / "book/regression/huber.md"
    huber.write_text(
        HEADER + code_cell(":load: ../../lossbook/losses/huber.py", "")
    )
    main([])
    (book / "lossbook/losses/huber.py").write_text("x = 2\n")
    capsys.readouterr()
    assert main(["--check"]) == 1
    assert "stale: notebooks/huber.ipynb" in capsys.readouterr().out


def test_a_failed_export_says_where_and_leaves_every_notebook_as_it_was(
    book, capsys
):
    main([])
    before = files_of(book)
    (book / "book/foundations/toolbox.md").write_text(
        HEADER + "# Other\n"
    )
    (book / "book/regression/huber.md").write_text(
        HEADER + "# H\n\n:::{grid}\n:::\n"
    )
    assert main([]) == 2
    assert (
        "book/regression/huber.md:13: unknown directive"
        in capsys.readouterr().err
    )
    assert files_of(book) == before


def test_a_failed_write_leaves_the_old_notebook_whole(
    book, monkeypatch
):
    main([])
    before = files_of(book)
    huber = book / "book/regression/huber.md"
    huber.write_text(HEADER + "# Huber\n\nNew.\n")

    def full_disk(self, text, **_):
        with open(self, "w") as file:
            file.write(text[:10])
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space"):
        main([])
    after = files_of(book)
    assert {name: after[name] for name in before} == before
    assert not [
        name
        for name in after
        if name.endswith(".ipynb") and name not in before
    ]


@pytest.mark.usefixtures("book")
def test_a_notebook_is_never_open_for_writing(monkeypatch):
    written = []
    write_text = Path.write_text

    def recorded(self, *args, **options):
        written.append(self.name)
        return write_text(self, *args, **options)

    monkeypatch.setattr(Path, "write_text", recorded)
    main([])
    assert len(written) == 3
    assert not [name for name in written if name.endswith(".ipynb")]


def test_outside_a_book_there_is_nothing_to_export(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert main([]) == 2
    assert "has no _toc.yml" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
