"""A browser for the tests that look at pages."""

from collections.abc import Iterator

import chromium
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# As long as Playwright's other waits: a busy machine is no failure.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()
