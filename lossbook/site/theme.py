"""Our templates over those of the theme, and fewer of its scripts."""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

TEMPLATES = Path(__file__).parent / "templates"

# Only remembers which tab was chosen; sphinx-design's tabs work without it.
DROPPED_SCRIPTS = ("_static/design-tabs.js",)


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


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_templates, priority=900)
    app.connect("html-page-context", choose_scripts, priority=900)
