import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook
from notebook_runs import NOTEBOOKS, ROOT, executed, run

from lossbook.export import FIRST_CELL, Book, stale

with_code = [
    notebook
    for notebook in NOTEBOOKS
    if '"cell_type": "code"' in notebook.read_text(encoding="utf-8")
]


def test_the_committed_notebooks_are_those_of_the_chapters():
    changes = sorted(stale(Book(ROOT)))
    assert not changes, (
        f"{', '.join(changes)}: stale; run  make notebooks"
    )


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
def test_a_notebook_is_valid_and_has_not_been_run(notebook):
    content = nbformat.read(notebook, as_version=4)
    nbformat.validate(content)
    for cell in content.cells:
        assert not cell.get("outputs")
        assert not cell.get("execution_count")


@pytest.mark.parametrize("notebook", with_code, ids=lambda n: n.stem)
def test_a_notebook_runs_top_to_bottom_from_anywhere(notebook):
    cells = [
        c for c in executed(notebook).cells if c.cell_type == "code"
    ]
    assert cells[0].source == FIRST_CELL
    assert cells[0].outputs == [], "the first cell is silent"


@pytest.mark.parametrize("notebook", with_code, ids=lambda n: n.stem)
def test_a_notebook_warns_of_nothing(notebook):
    for cell in executed(notebook).cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", output.text


def test_without_the_package_the_first_cell_says_in_one_line_how_to_get_it():
    notebook = new_notebook(
        cells=[
            new_code_cell("import sys; sys.modules['lossbook'] = None"),
            new_code_cell(FIRST_CELL),
            new_code_cell("print('ran on')"),
        ]
    )
    with pytest.raises(CellExecutionError):
        run(notebook)
    [message] = notebook.cells[1].outputs
    assert message.output_type == "error"
    [line] = message.traceback
    assert "\n" not in line
    assert "pip install ." in line
    assert notebook.cells[2].outputs == []
