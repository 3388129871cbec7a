"""Our templates over those of the theme; our script, and fewer of its own."""

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
        script
        for script in context["script_files"]
        if script.filename not in DROPPED_SCRIPTS
    ]


def copy_script(app: Sphinx, exception: Exception | None) -> None:
    if not exception and app.builder.format == "html":
        shutil.copy(WEB / "book.js", Path(app.outdir, "_static"))


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_templates, priority=900)
    app.connect("html-page-context", choose_scripts, priority=900)
    app.connect("build-finished", copy_script)
