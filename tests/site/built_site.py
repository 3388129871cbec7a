"""The site of the last build, and a visit to a page of it."""

import gzip
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import ConsoleMessage, Page, Response

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}


def pages() -> list[str]:
    """The pages that the last build has made, search included."""
    index = SITE / "searchindex.js"
    if not index.exists():
        raise pytest.UsageError(
            f"{SITE} holds no site to test: run `make book` first"
        )
    text = index.read_text(encoding="utf-8")
    listed = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return [f"{name}.html" for name in [*listed["docnames"], "search"]]


@cache
def soup(path: str) -> BeautifulSoup:
    text = (SITE / path).read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


@cache
def ids(path: str) -> set[str]:
    return {element["id"] for element in soup(path).find_all(id=True)}


def page_with(selector: str) -> str:
    """The first page that has such an element."""
    for path in pages():
        if soup(path).select_one(selector):
            return path
    raise AssertionError(f"no page of the book has {selector}")


class Visit:
    """A page as it looks to somebody who was never here before.

    Attributes:
        responses: all that was fetched for it.
        problems: what the browser's console complained about.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.responses: list[Response] = []
        self.problems: list[str] = []
        page.on("response", lambda r: self.responses.append(r))
        page.on("requestfailed", lambda r: self.note(f"{r.url} failed"))
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("console", self.listen)

    def note(self, problem: str) -> None:
        self.problems.append(problem)

    def listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.note(message.text)

    def weight(self) -> int:
        """Bytes of all that was fetched, each compressed as servers do."""
        return sum(
            len(gzip.compress(response.body()))
            for response in self.responses
        )


Open = Callable[..., Visit]
