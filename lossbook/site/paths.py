"""Where the files of the checkout lie that the pages are made from."""

from pathlib import Path

from sphinx.errors import ExtensionError

PACKAGE = Path(__file__).parents[1]
ROOT = PACKAGE.parent
WEB = ROOT / "web"


def node_module(name: str) -> Path:
    """Folder of an npm package.

    Raises ExtensionError, saying what to run, when it is not installed.
    """
    folder = ROOT / "node_modules" / name
    if not folder.is_dir():
        raise ExtensionError(
            f"npm package {name} is missing from {folder.parent}: "
            "run `make book` once, which installs it"
        )
    return folder
