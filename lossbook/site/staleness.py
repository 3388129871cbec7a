"""Keeps pages from showing the results of code that has changed since.

MyST-NB's execution cache looks only at the cells of a chapter. But a chapter
also runs what it imports from lossbook, and prints files of it. So the cache
is kept in a folder named after the content of the package, the versions pinned
for it and the benchmark that a chapter shows: when any of them changes, every
chapter is read and executed anew.
"""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config

from lossbook.practice.challenges import FOLDER as CHALLENGES
from lossbook.practice.questions import FOLDER as QUESTIONS
from lossbook.site.paths import PACKAGE, ROOT

SITE = PACKAGE / "site"


def digest(files: Iterable[Path]) -> str:
    """Hash of the names and contents of files, independent of their order."""
    hashed = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        hashed.update(f"{file} {content}\n".encode())
    return hashed.hexdigest()[:16]


def package_files() -> list[Path]:
    """The files that the results of a chapter can depend on."""
    kept = (ROOT / "constraints.txt", ROOT / "bench" / "recorded.json")
    others = [file for file in kept if file.exists()]
    return others + [
        file
        for file in PACKAGE.rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and not file.is_relative_to(SITE)
        # A page that asks questions is read again when they change.
        and not file.is_relative_to(QUESTIONS)
        and not file.is_relative_to(CHALLENGES)
    ]


def choose_cache(app: Sphinx, config: Config) -> None:
    caches = Path(app.outdir).parent / ".jupyter_cache"
    current = caches / digest(package_files())
    if caches.exists() and not current.exists():
        shutil.rmtree(caches)
    # Sphinx reads every chapter again when this value changes.
    config.nb_execution_cache_path = str(current)
    config.lossbook_site_digest = digest(
        [
            ROOT / "package-lock.json",
            *SITE.glob("*.py"),
            *SITE.glob("*.js"),
        ]
    )


def forget_failed_build(
    app: Sphinx, _exception: Exception | None
) -> None:
    """Sphinx does not repeat the warnings of chapters it has already read.

    So a build that failed under -W would pass when simply run again.
    """
    if app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(
            missing_ok=True
        )


def remove_gone_pages(app: Sphinx, exception: Exception | None) -> None:
    """Sphinx leaves the page of a chapter that the book no longer has."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    kept = {
        Path(app.builder.get_outfilename(name))
        for name in app.env.found_docs
    }
    for page in Path(app.outdir, "book").rglob("*.html"):
        if page not in kept:
            page.unlink()


def setup(app: Sphinx) -> None:
    # Chapters are read again when this changes: it says how their outputs
    # become nodes, and with which KaTeX formulas become HTML.
    app.add_config_value("lossbook_site_digest", "", "env", str)
    app.connect("config-inited", choose_cache)
    app.connect("build-finished", forget_failed_build)
    app.connect("build-finished", remove_gone_pages)
