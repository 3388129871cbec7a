"""A reader of a challenge: writes code, runs it, reads the verdict."""

from built_site import page_with
from playwright.sync_api import Locator, Page, expect

from lossbook.practice import challenges

# The one in plain Python, which needs nothing that npm does not have.
WARM_UP = challenges.find("huber-scalar")
ADDRESS = f"/{page_with(f'#{WARM_UP.id}')}"

RIGHT = WARM_UP.solution
WRONG = """\
import math


def huber(r, delta=1.0):
    if abs(r) <= delta:
        return r * r / 2, -r
    return delta * (abs(r) - delta / 2), -math.copysign(delta, r)
"""

# Python needs some seconds to start, and more on a busy machine.
PATIENCE = 90_000


class Coder:
    """At the warm-up of a page, near enough for its editor to be there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.locator(f"#{WARM_UP.id}")
        self.box.scroll_into_view_if_needed()
        self.editor = self.box.get_by_role("textbox")
        self.editor.wait_for()
        self.verdict = self.box.locator(".verdict")
        self.stage = self.box.locator(".stage")

    def button(self, name: str) -> Locator:
        return self.box.get_by_role("button", name=name)

    @property
    def code(self) -> str:
        """What stands in the editor."""
        lines = self.box.locator(".cm-line").all_inner_texts()
        return "\n".join(line.rstrip("\n") for line in lines)

    def write(self, code: str) -> None:
        """In the place of what is there, in one go."""
        self.editor.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)

    def run(self, code: str | None = None) -> str:
        """The verdict on the code, or on what is there."""
        if code is not None:
            self.write(code)
        self.button("Run").click()
        return self.judged()

    def judged(self) -> str:
        expect(self.verdict).not_to_be_empty(timeout=PATIENCE)
        return self.verdict.inner_text()


def opened(page: Page) -> Coder:
    page.goto(ADDRESS)
    return Coder(page)
