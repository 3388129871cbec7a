"""Deletes what the theme puts into the site but no page asks for."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

UNUSED = (
    "_static/**/*.map",
    "_static/locales",
    # Icons are letters of a font, in woff2, and nothing uses Bootstrap.
    "_static/scripts/bootstrap.*",
    "_static/scripts/fontawesome.*",
    "_static/vendor/**/*.ttf",
)


def delete(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    for pattern in UNUSED:
        for found in sorted(Path(app.outdir).glob(pattern)):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()


def setup(app: Sphinx) -> None:
    app.connect("build-finished", delete)
