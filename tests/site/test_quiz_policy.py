"""The quiz under a strict policy, and without any script."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from built_site import PHONE, SITE
from conftest import Newcomer, QuietHandler
from playwright.sync_api import Page, expect
from quiz import (
    DRILL,
    MOCK,
    PROGRESS,
    Answerer,
    by_mouse,
    due,
    grades,
    page_of,
    put,
    question_of,
    saved,
    stored,
)

# Issue 4: KaTeX sets inline styles; our parts need no inline script.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"

REPORT = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


class StrictHandler(QuietHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    """The address of the site with the policy."""
    handler = partial(StrictHandler, directory=SITE)
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), handler
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


KINDS = ["bug", "choice", "derive", "multiple", "numeric", "order"]


def check_violations(page: Page) -> None:
    """None is of ours; the theme's inline scripts are refused."""
    found = page.evaluate("violations")
    assert any("inline" in one for one in found)
    assert [one for one in found if "/_static/lossbook/" in one] == []


def test_under_a_strict_policy_everything_works(
    newcomer: Newcomer, strict: str
):
    context = newcomer(base_url=strict)
    context.add_init_script(REPORT)
    page = context.new_page()
    page.goto(PROGRESS)
    page.locator(".standings").wait_for()
    put(page, stored({question_of(k).id: due() for k in KINDS}, 0))

    page.goto(DRILL)
    reader = Answerer(page.locator(".room"), by_mouse)
    reader.press(reader.button("Start"))
    for _ in KINDS:
        question = reader.show()
        reader.answer(question, right=True)
        expect(page.locator(".foot > .verdict")).to_have_text("Right.")
        page.keyboard.press("3")
    expect(page.locator(".lead")).to_contain_text("Done: 6 answers")
    check_violations(page)

    page.goto(MOCK)
    reader.press(reader.button("Start"))
    reader.show()
    assert saved(page)["mock"]["at"] == 0
    check_violations(page)

    page.goto(PROGRESS)
    width = "e => e.getBoundingClientRect().width"
    bar = page.locator(".standings .bar .known").first
    assert bar.evaluate(width) > 0
    with page.expect_download():
        page.get_by_role("button", name="Save to a file").click()
    check_violations(page)

    recall = question_of("recall")
    page.goto(page_of(recall))
    reader = Answerer(page.locator(".quiz").first, by_mouse)
    question = reader.show()
    reader.answer(question, right=True)
    reader.press(reader.button("Knew it"))
    assert grades(page, question.id) == [3]
    check_violations(page)


def test_under_a_strict_policy_an_explorer_is_live(
    newcomer: Newcomer, strict: str
):
    context = newcomer(base_url=strict)
    context.add_init_script(REPORT)
    page = context.new_page()
    page.goto("/book/regression/huber.html")
    explorer = page.locator(".explore")
    explorer.scroll_into_view_if_needed()
    explorer.get_by_role("slider", name="threshold δ").fill("0.5")
    expect(explorer.locator("tbody tr").first).to_contain_text("1.375")
    check_violations(page)


def test_without_scripts_questions_and_answers_can_be_read(
    newcomer: Newcomer,
):
    page = newcomer(
        java_script_enabled=False, viewport=PHONE
    ).new_page()
    for kind in [*KINDS, "recall"]:
        question = question_of(kind)
        page.goto(page_of(question))
        card = page.locator(f"#{question.id}")
        expect(card.locator(".prompt")).to_be_visible()
        expect(card.get_by_role("button")).to_have_count(0)
        inside = card.locator("details > :not(summary, [hidden])")
        expect(inside.first).to_be_hidden()
        card.locator("summary").click()
        for part in inside.all():
            expect(part).to_be_visible()
        assert not any(
            "{" in text
            for text in card.locator(".prompt").all_inner_texts()
        )


@pytest.mark.parametrize("room", [DRILL, MOCK, PROGRESS])
def test_without_scripts_a_room_says_what_is_missing(
    room: str, newcomer: Newcomer
):
    page = newcomer(java_script_enabled=False).new_page()
    page.goto(room)
    said = page.locator(".room noscript > p")
    expect(said).to_be_visible()
    assert said.inner_text() == (
        "This page needs JavaScript. The questions stand in their"
        " chapters too, with the answers folded away."
    )
