"""Finds the Chromium that the browser tests drive; run, it gets one.

On Debian as root that is the distribution's package, elsewhere
Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = """\
The browser tests need Chromium, and none could be installed. Get one with
    apt-get install chromium                 (Debian, Ubuntu)
    .venv/bin/playwright install chromium    (anywhere; where libraries are
                                              missing, add --with-deps)
or put chromium or google-chrome on the PATH, and run this again."""


def find() -> Path | None:
    """A Chromium that starts, or None."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    for candidate in (*map(shutil.which, NAMES), own):
        if candidate and starts(candidate):
            return Path(candidate)
    return None


def starts(program: str) -> bool:
    try:
        subprocess.run(
            [program, "--version"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update"], check=False)
        subprocess.run(
            [
                "apt-get",
                "install",
                "-y",
                "--no-install-recommends",
                "chromium",
            ],
            check=False,
        )
    if not find():
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            check=False,
        )


if __name__ == "__main__":
    if not find():
        install()
    found = find()
    sys.exit(None if found else HOW)
