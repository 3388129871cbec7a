"""Gives every chapter's page its notebook to take home."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from lossbook.export import Book, ExportError

logger = logging.getLogger(__name__)

FOLDER = "notebooks"


def offer_notebook(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Writes the notebook of a page, and tells the template where it is."""
    if doctree is None:  # the search page and its like
        return
    book = Book(Path(app.srcdir))
    chapter = book.page(page)
    if not chapter.is_notebook:
        return
    try:
        notebook = book.notebook(chapter)
    except ExportError as error:
        logger.warning("%s", error)
        return
    file = Path(app.outdir, FOLDER, f"{chapter.slug}.ipynb")
    file.parent.mkdir(exist_ok=True)
    file.write_text(notebook, encoding="utf-8")
    context["notebook_url"] = context["pathto"](
        f"{FOLDER}/{file.name}", 1
    )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer_notebook)
