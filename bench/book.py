"""How fast the book itself is: its builds, and its pages' weight."""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jupyter_cache import get_cache

ROOT = Path(__file__).parents[1]

# What a build reads. Copied, so that the book's own _build stays.
SOURCES = (
    "_config.yml",
    "_toc.yml",
    "book",
    "constraints.txt",
    "lossbook",
    "notebooks",
    "package-lock.json",
    "pyproject.toml",
    "web",
)


def copy_book(folder: Path) -> None:
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    (folder / "node_modules").symlink_to(
        (ROOT / "node_modules").resolve()
    )


def edit(folder: Path) -> None:
    chapter = folder / "book" / "regression" / "huber.md"
    with chapter.open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence.\n")


# What comes before each build, in this order.
BUILDS: dict[str, Callable[[Path], None]] = {
    "cold": copy_book,
    "no change": lambda _: None,
    "text edit": edit,
}


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of three builds, and bytes of each page.

    Raises CalledProcessError if the book does not build.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        builds = {}
        for name, prepare in BUILDS.items():
            say(f"book: build, {name}")
            prepare(folder)
            builds[name] = build(folder)
        return {
            "builds": builds,
            "pages": weights(folder / "_build" / "html"),
        }


def build(folder: Path) -> dict[str, float]:
    """Seconds of it, and how many of these the notebooks ran."""
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        *("build", str(folder), "-W", "-n", "--keep-going"),
    ]
    # The record's dates are UTC and do not say so.
    began = datetime.now(UTC).replace(tzinfo=None)
    clock = time.perf_counter()
    built = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - clock
    if built.returncode:
        sys.stderr.write(built.stdout[-4000:])
        raise subprocess.CalledProcessError(built.returncode, command)
    return {"seconds": seconds, "notebooks": executed(folder, began)}


def executed(folder: Path, since: datetime) -> float:
    """Seconds that notebooks have run since then, by MyST-NB's record."""
    (cache,) = (folder / "_build" / ".jupyter_cache").iterdir()
    return sum(
        float(record.data["execution_seconds"])
        for record in get_cache(cache).list_cache_records()
        if record.created >= since
    )


def weights(site: Path) -> dict[str, dict[str, int]]:
    """Bytes of each page of the book, by its path."""
    return {
        page.relative_to(site / "book").with_suffix("").as_posix(): {
            "html": page.stat().st_size,
            "html_gzip": gzipped(page),
            "all_gzip": sum(map(gzipped, {page, *named_files(page)})),
        }
        for page in sorted((site / "book").rglob("*.html"))
    }


def gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


def named_files(page: Path) -> set[Path]:
    """Style sheets, scripts and pictures of a page.

    Not the fonts, which a browser fetches as far as the text needs
    them.
    """
    soup = BeautifulSoup(
        page.read_text(encoding="utf-8"), "html.parser"
    )
    addresses = [
        *(e["src"] for e in soup.select("script[src], img[src]")),
        *(e["href"] for e in soup.select("link[rel=stylesheet][href]")),
        *(e["href"] for e in soup.select("link[rel=icon][href]")),
    ]
    files = (
        (page.parent / str(address).partition("?")[0]).resolve()
        for address in addresses
    )
    return {file for file in files if file.is_file()}
