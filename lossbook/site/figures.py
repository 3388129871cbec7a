"""Puts the SVG of a figure into the page itself.

There it takes the page's text colour and fonts, in light and in dark, and
costs no request. Every figure must say in words what it shows.
"""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


class InlineFigures(SphinxPostTransform):
    """Replaces the images that cells have drawn by their SVG."""

    default_priority = (
        5  # right after MyST-NB has chosen among a cell's outputs
    )
    formats = ("html",)

    def run(self, **_: Any) -> None:
        for cell in self.document.findall(nodes.container):
            if "cell_index" not in cell:
                continue
            for image in list(cell.findall(nodes.image)):
                if not image.get("alt"):
                    logger.warning(
                        "the figure of code cell %d says nothing to those who cannot "
                        "see it: give the cell mystnb: {image: {alt: ...}}",
                        cell["cell_index"],
                        location=cell,
                    )
                if image["uri"].endswith(".svg"):
                    file = Path(
                        self.env.srcdir, image["uri"].lstrip("/")
                    )
                    svg = named(
                        file.read_text(encoding="utf-8"),
                        image.get("alt", ""),
                    )
                    image.replace_self(
                        nodes.raw("", svg, format="html")
                    )


def named(svg: str, alt: str) -> str:
    """The <svg> element as one image with that name."""
    start = svg.index("<svg")
    label = escape(alt, quote=True)
    return f'<svg role="img" aria-label="{label}"{svg[start + 4 :]}'


def setup(app: Sphinx) -> None:
    app.add_post_transform(InlineFigures)
