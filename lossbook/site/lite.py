"""Builds JupyterLite into lite/ of the site, and offers it on the pages.

There the notebooks run in the reader's browser, with a Python that is
fetched when one is opened. Building takes a few seconds, so it is done
only when the notebooks, the package or the settings have changed.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from sphinx.util.display import progress_message

from lossbook.export import FIRST_CELL, Book, ExportError
from lossbook.site import wheel

FOLDER = "lite"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
INSTALL = "%pip install -q lossbook"
# Of what the site in FOLDER was built.
STAMP = ".built-from"
NEEDED = ("jupyterlite-core", "jupyterlite-pyodide-kernel")

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    # Light or dark as the reader's system is.
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/docmanager-extension:plugin": {"maxNumberRecents": 0},
}


def offer(
    app: Sphinx,
    page: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tells the template where the notebook of a page runs."""
    if doctree is None:  # the search page and its like
        return
    chapter = Book(Path(app.srcdir)).page(page)
    if chapter.is_notebook:
        pathto = context["pathto"]
        start = pathto(f"{FOLDER}/notebooks/index.html", 1)
        context["lite_list"] = pathto(f"{FOLDER}/tree/index.html", 1)
        context["lite_url"] = f"{start}?path={chapter.slug}.ipynb"
        address = urlsplit(app.config.lossbook_pyodide)
        context["python_host"] = address.hostname or "this site"


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    try:
        notebooks = Book(Path(app.srcdir)).notebooks()
    except ExportError:
        return  # of which lossbook.site.download has told
    target = Path(app.outdir, FOLDER)
    # A new folder each time: JupyterLite notes there what it has done,
    # and would not look at changed settings again.
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder, notebooks, app.config.lossbook_pyodide)
        built_from = digest(folder)
        stamp = target / STAMP
        if not stamp.exists() or stamp.read_text() != built_from:
            with progress_message("building JupyterLite"):
                build(folder, target)
            stamp.write_text(built_from)


def prepare(
    folder: Path, notebooks: Mapping[str, str], pyodide: str
) -> None:
    """Writes what JupyterLite is built from, where it looks for it."""
    for name, content in {
        "jupyter_lite_config.json": how_to_build(),
        "jupyter-lite.json": how_to_run(pyodide),
        "overrides.json": SETTINGS,
        "versions.json": {name: version(name) for name in NEEDED},
    }.items():
        text = json.dumps(content)
        (folder / name).write_text(text, encoding="utf-8")
    contents = folder / "files"
    contents.mkdir()
    for name, notebook in notebooks.items():
        text = for_browser(notebook)
        (contents / name).write_text(text, encoding="utf-8")
    wheels = folder / "pypi"
    wheels.mkdir()
    wheel.build(wheels)
    # The kernel wants it, and Pyodide does not have it.
    wheel.repack("comm", wheels)


def how_to_build() -> dict[str, Any]:
    extensions = Path(sys.prefix, "share", "jupyter", "labextensions")
    return {
        "LiteBuildConfig": {
            "federated_extensions": [str(extensions / KERNEL)],
            # Not those of the JupyterLab that `make lab` installs.
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        }
    }


def how_to_run(pyodide: str) -> dict[str, Any]:
    # A path is one of the site, seen from lite/.
    up = "" if pyodide.startswith(("http", "/")) else "./../"
    kernel = {
        "pyodideUrl": f"{up}{pyodide}pyodide.js",
        # Else a package that Pyodide lacks is looked for there.
        "disablePyPIFallback": True,
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            # What lite/ itself shows: the list of the notebooks.
            "appUrl": "./tree",
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def for_browser(notebook: str) -> str:
    """The notebook as it runs there, where the package comes from the site."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if "".join(cell["source"]) == FIRST_CELL:
            cell["source"] = [INSTALL]
    return json.dumps(content, ensure_ascii=False, indent=1)


def digest(folder: Path) -> str:
    hashed = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            name = file.relative_to(folder).as_posix()
            hashed.update(f"{name} {content}\n".encode())
    return hashed.hexdigest()


def build(folder: Path, target: Path) -> None:
    """Runs `jupyter lite build`.

    Raises:
        ExtensionError: With the end of what it said.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "jupyterlite_core", "build"),
            *("--output-dir", target),
        ],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ExtensionError(
            f"jupyter lite build: {done.stdout[-2000:]}"
        )
    # Every browser that can run it takes the other format, woff2.
    for font in sorted(target.glob("build/fa-*.*")):
        if font.suffix != ".woff2":
            font.unlink()


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer)
    app.connect("build-finished", write)
