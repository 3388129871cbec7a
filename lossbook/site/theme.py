"""Our templates over those of the theme; our script, and fewer of its own.

What all pages load of Sphinx and its extensions becomes one file: each
file is a request, and these hold up the page.
"""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from lossbook.site.paths import WEB

TEMPLATES = Path(__file__).parent / "templates"

DROPPED_SCRIPTS = (
    # Only remembers which tab was chosen; the tabs work without it.
    "_static/design-tabs.js",
    # Takes the focus from every button that is pressed; web/book.js does
    # the two things of it that we need.
    "_static/scripts/sphinx-book-theme.js",
)


# In this order: each may use what stands before it.
JOINED = tuple(
    f"_static/{name}.js"
    for name in (
        "documentation_options",
        "doctools",
        "sphinx_highlight",
        "clipboard.min",
        "copybutton",
    )
)
JOINT = "_static/joined.js"


def add_templates(_app: Sphinx, config: Config) -> None:
    # In front of the theme's own, which it adds here as well.
    config.templates_path.insert(0, str(TEMPLATES))


def choose_scripts(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    context["script_files"] = [
        JOINT,
        *(
            script
            for script in context["script_files"]
            if script.filename not in (*DROPPED_SCRIPTS, *JOINED)
        ),
    ]


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    shutil.copy(WEB / "book.js", Path(app.outdir, "_static"))
    texts = [
        Path(app.outdir, script).read_text(encoding="utf-8")
        for script in JOINED
    ]
    # Whatever the end of one is, the next begins a new statement.
    joined = "\n;\n".join(texts)
    Path(app.outdir, JOINT).write_text(joined, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_templates, priority=900)
    app.connect("html-page-context", choose_scripts, priority=900)
    app.connect("build-finished", write)
