"""Copies the style sheets and fonts that the pages use."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from lossbook.site.paths import node_module


def copy_katex(app: Sphinx, exception: Exception | None) -> None:
    if exception:
        return
    target = Path(app.outdir, "_static", "katex")
    shutil.copytree(
        node_module("katex") / "dist",
        target,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(
            "*.js", "*.mjs", "*.ttf", "*.woff", "contrib"
        ),
    )


def setup(app: Sphinx) -> None:
    app.add_css_file("katex/katex.min.css")
    app.connect("build-finished", copy_katex)
