"""The Sphinx extension behind the book's pages.

Each module does one thing and has its own `setup`; this one only adds
them up.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from lossbook.site import (
    challenge,
    deck,
    download,
    explore,
    figures,
    folding,
    leftovers,
    listings,
    lite,
    math,
    pyodide,
    questions,
    quiz_files,
    scripts,
    staleness,
    styles,
    theme,
    wheel,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    for module in (
        staleness,
        math,
        figures,
        folding,
        listings,
        questions,
        scripts,
        challenge,  # into the folder that scripts empties
        quiz_files,  # into the same
        deck,  # into the same
        wheel,  # into the same
        explore,  # into the same
        download,
        pyodide,
        lite,
        theme,
        styles,
        leftovers,
    ):
        module.setup(app)
    # All pages are written with one KaTeX.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
