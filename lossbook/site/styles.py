"""Makes the one style sheet of the pages: the theme's rules, then ours.

The theme's sheets are written for every site that there may be. Here they lose
the rules for what the book does not contain, which is most of them, and go into
a cascade layer: so a rule of web/ wins over a rule of the theme however
specific that one is.
"""

import html
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from lossbook.site import lite
from lossbook.site.fonts import anchor, shrink
from lossbook.site.paths import WEB, node_module
from lossbook.site.prune import prune

# The theme's template links these itself, so that Sphinx does not know of them.
OF_THEME = ("basic.css", "styles/pydata-sphinx-theme.css")
REPLACED = ("pygments.css",)  # by web/code.css

SCRIPT = re.compile(r'src="[^"]*_static/([^"?]+\.js)')
NAMES = re.compile(r'\b(?:class|id)="([^"]*)"')
WORD = re.compile(r"[\w-]+")


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    static = Path(app.outdir, "_static")
    # These hold templates of the theme and the pages of JupyterLite.
    others = (static, Path(app.outdir, lite.FOLDER))
    pages = "".join(
        read(page)
        for page in Path(app.outdir).rglob("*.html")
        if not any(map(page.is_relative_to, others))
    )
    linked = {static / name for name in SCRIPT.findall(pages)}
    # These load each other, and not only what a page links.
    own = {*Path(static, "lossbook").glob("*.js")}
    scripts = "".join(map(read, linked | own))
    names = " ".join(NAMES.findall(pages))
    words = set(WORD.findall(f"{names} {scripts}"))

    sheets = [static / name for name in OF_THEME]
    for sheet in app.builder._css_files:
        name = str(sheet.filename).removeprefix("_static/")
        if name not in REPLACED:
            sheets.append(static / name)
    sheets.append(node_module("katex") / "dist" / "katex.css")
    sheets.append(node_module("uplot") / "dist" / "uPlot.min.css")
    theirs = prune("".join(map(rules, sheets)), words)
    ours = prune("".join(map(rules, sorted(WEB.glob("*.css")))), words)

    target = static / "styles" / "book.css"
    # The layer before the theme's is for what must beat its !important rules.
    css = f"@layer strong,theme;\n@layer theme{{\n{theirs}}}\n{ours}"
    css = shrink(
        css, set(html.unescape(pages)), target.parent / "fonts"
    )
    target.write_text(css, encoding="utf-8")


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def rules(sheet: Path) -> str:
    return anchor(read(sheet), sheet.parent)


def setup(app: Sphinx) -> None:
    # Last, when all extensions have put their files in place.
    app.connect("build-finished", write, priority=900)
