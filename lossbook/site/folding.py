"""Folds code away in a box that is called what it says.

MyST-NB's own says "Show code" to the eye and "Toggle hidden content" to a
screen reader, so that nobody can ask for it by the name that they see.
"""

from myst_nb.sphinx_ import (  # type: ignore[import-untyped]
    HideCodeCellNode,
)
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

# MyST-NB's words for what a cell hides, which nb_code_prompt_show puts into
# prompt_show, and what a reader would call it.
SAYS = {
    "source": "Show the code",
    "content": "Show the code and its output",
    "output": "Show the output",
    "outputs": "Show the output",
}


def visit(self: HTML5Translator, node: HideCodeCellNode) -> None:
    self.body.append(
        f'<details class="folded"><summary>{SAYS[node["prompt_show"]]}'
        "</summary>\n"
    )


def depart(self: HTML5Translator, _node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    app.add_node(HideCodeCellNode, override=True, html=(visit, depart))
