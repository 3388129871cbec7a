"""Finds the Chromium that the browser tests drive; run, it gets one.

On Debian as root that is the distribution's package, elsewhere
Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = """\
The browser tests need Chromium, and none could be installed. Get one with
    apt-get install chromium                 (Debian, Ubuntu)
    .venv/bin/playwright install chromium    (anywhere; where libraries are
                                              missing, add --with-deps)
or put chromium or google-chrome on the PATH, and run this again."""


def find(playwright: Playwright) -> Path | None:
    """A Chromium that starts, or None."""
    own = playwright.chromium.executable_path
    for candidate in (*map(shutil.which, NAMES), own):
        if candidate and starts(candidate):
            return Path(candidate)
    return None


def launch(playwright: Playwright) -> Browser:
    """A Chromium that calls nobody; RuntimeError says how to get one."""
    executable = find(playwright)
    if executable is None:
        raise RuntimeError(HOW)
    flags = [
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    return playwright.chromium.launch(
        executable_path=executable, args=flags
    )


def starts(program: str) -> bool:
    try:
        subprocess.run(
            [program, "--version"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def install_package() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update"], check=False)
        subprocess.run(
            ["apt-get", "install", "--yes", "chromium"], check=False
        )


def install_own() -> None:
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        check=False,
    )


def main() -> str | None:
    """Gets a Chromium if there is none; what to do if that fails."""
    with sync_playwright() as playwright:
        for get in (install_package, install_own):
            if find(playwright):
                return None
            get()
        return None if find(playwright) else HOW


if __name__ == "__main__":
    sys.exit(main())
