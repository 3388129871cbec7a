"""Serves the built site on this machine, and opens pages of it."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from built_site import SITE, WIDE, Open, Visit, pages
from playwright.sync_api import Browser, BrowserContext, WebError


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", pages())


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    handler = partial(QuietHandler, directory=SITE)
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), handler
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page: open_page(path, theme="light", viewport=WIDE)."""
    contexts: list[BrowserContext] = []

    def open_one(
        path: str,
        theme: str = "light",
        viewport: dict[str, int] = WIDE,
        **options: object,
    ) -> Visit:
        context = browser.new_context(
            color_scheme=theme, viewport=viewport, **options
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.goto(f"{address}/{path}", wait_until="load")
        visit.page.evaluate("document.fonts.ready")
        return visit

    yield open_one
    for context in contexts:
        context.close()


Newcomer = Callable[..., BrowserContext]


@pytest.fixture
def newcomer(browser: Browser, address: str) -> Iterator[Newcomer]:
    """A browser of its own: newcomer(stored={"key": "text"}, ...).

    No script of ours may throw an exception in it.
    """
    contexts: list[BrowserContext] = []
    thrown: list[str] = []

    def note(event: WebError) -> None:
        trace = event.error.stack or str(event.error)
        if "/_static/lossbook/" in trace:
            thrown.append(trace)

    def come(
        stored: dict[str, str] | None = None, **options: object
    ) -> BrowserContext:
        entries = [
            {"name": name, "value": text}
            for name, text in (stored or {}).items()
        ]
        context = browser.new_context(
            **{
                "base_url": address,
                "viewport": WIDE,
                "storage_state": {
                    "cookies": [],
                    "origins": [
                        {"origin": address, "localStorage": entries}
                    ],
                },
                **options,
            }
        )
        context.on("weberror", note)
        contexts.append(context)
        return context

    yield come
    for context in contexts:
        context.close()
    assert thrown == []
