"""Every state of the quiz: axe, a phone's width, weight and hosts."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from built_site import PHONE, ROOT, WIDE, Open
from conftest import Newcomer
from playwright.sync_api import Page, expect
from quiz import (
    AGAIN,
    DAY,
    DRILL,
    GOOD,
    MOCK,
    PROGRESS,
    Answerer,
    all_questions,
    by_mouse,
    chapters,
    due,
    now,
    page_of,
    put,
    question_of,
    stored,
)

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(
    encoding="utf-8"
)
KINDS = [
    "bug",
    "choice",
    "derive",
    "multiple",
    "numeric",
    "order",
    "recall",
]

CUT_OFF = """() => {
  const scrolls = (element) =>
    element !== null &&
    (["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
      scrolls(element.parentElement));
  return [...document.querySelectorAll("article *:not(svg *)")]
    .filter((e) => e.checkVisibility() && !e.closest(".katex-mathml"))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => !scrolls(e))
    .map((e) => e.outerHTML.slice(0, 200));
}"""


class Look:
    """Looks at each state of a page with axe, and for its width."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self, state: str, part: str = "") -> None:
        """In this state; axe looks at the quiz, or at another part."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - innerWidth"
        )
        assert wide <= 0, state
        assert self.page.evaluate(CUT_OFF) == [], state
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        result: dict[str, Any] = self.page.evaluate(
            "part => axe.run(document.querySelector(part || '.quiz')"
            " ?? 'main', {resultTypes: ['violations']})",
            part,
        )
        violations = [
            f"{v['id']}: {node['html'][:200]} {node['failureSummary']}"
            for v in result["violations"]
            for node in v["nodes"]
        ]
        assert violations == [], state


def many_reviews() -> dict[str, str]:
    """Of a reader who is in the middle of the book."""
    some = list(all_questions())[:150]
    reviews = {
        identifier: [[now() - (n % 9) * DAY, GOOD if n % 4 else AGAIN]]
        for n, identifier in enumerate(some)
    }
    question = {
        "id": some[0],
        "chapter": chapters()[0]["slug"],
        "seed": 1,
        "seconds": 0,
        "right": True,
        "given": "",
    }
    mock = {
        "started": now() - DAY,
        "saved": now(),
        "minutes": 30,
        "at": 0,
        "questions": [question],
    }
    return stored(reviews, mocks=[mock])


def chapter(page: Page, look: Callable[[str], None]) -> None:
    """The first block, as far as it goes."""
    page.goto(page_of(question_of("derive")))
    reader = Answerer(page.locator(".quiz").first, by_mouse)
    seen = 0
    while not reader.button("Ask again").count():
        question = reader.show()
        reader.answer(question, right=seen % 2 == 1)
        look(f"{question.id} answered")
        name = "Forgot" if question.kind == "recall" else "Next"
        reader.press(reader.button(name))
        seen += 1
    look("rest")
    reader.press(reader.button("Show all"))
    look("all shown")


def only_formulas() -> str:
    """A choice of which an option has no word."""
    for question in all_questions().values():
        for option in question.fields.get("options", ()):
            if re.fullmatch(r"\$[^$]*\$", option["text"]):
                return question.id
    raise AssertionError("there is none any more")


def drill(page: Page, look: Callable[[str], None]) -> None:
    """One question of each kind, before and after the answer."""
    asked = {question_of(kind).id: due() for kind in KINDS}
    asked[only_formulas()] = due()
    page.goto(PROGRESS)
    put(page, stored(asked, 0))
    page.goto(DRILL)
    reader = Answerer(page.locator(".room"), by_mouse)
    look("lobby")
    reader.press(reader.button("Start"))
    for number in range(len(asked)):
        question = reader.show()
        expect(reader.card.locator(".task")).to_be_visible()
        look(f"{question.kind} asked")
        reader.answer(question, right=number % 2 == 1)
        look(f"{question.kind} answered")
        page.keyboard.press("3")
    page.locator(".lead").wait_for()
    look("done")


def mock(page: Page, look: Callable[[str], None]) -> None:
    page.goto(MOCK)
    reader = Answerer(page.locator(".room"), by_mouse)
    reader.button("Start").wait_for()
    look("choice of topics")
    reader.press(reader.button("Start"))
    reader.show()
    look("a question")
    page.reload()
    reader.button("Go on").wait_for()
    look("go on?")
    reader.press(reader.button("To the report"))
    page.locator(".room table, .room .given").first.wait_for()
    look("after the end")
    while reader.button("I had it").count():
        reader.press(reader.button("I had it"))
    look("report")
    reader.press(reader.button("Another one"))
    look("history")


def progress(page: Page, look: Callable[[str], None]) -> None:
    page.goto(PROGRESS)
    page.locator(".standings").wait_for()
    put(page, many_reviews())
    page.reload()
    page.locator(".standings").wait_for()
    page.get_by_role("button", name="Reset …").click()
    look("before a reset")
    page.get_by_label("Load a file").set_input_files(
        {"name": "x.json", "mimeType": "text/json", "buffer": b"{"}
    )
    expect(page.locator(".room .verdict")).not_to_be_empty()
    look("a refused file")


@pytest.mark.parametrize(
    "place", [chapter, drill, mock, progress], ids=lambda f: f.__name__
)
@pytest.mark.parametrize(
    ("theme", "viewport"),
    [("light", WIDE), ("dark", PHONE)],
    ids=["light", "dark on a phone"],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    place: Callable[[Page, Callable[[str], None]], None],
    theme: str,
    viewport: dict[str, int],
    newcomer: Newcomer,
):
    page = newcomer(color_scheme=theme, viewport=viewport).new_page()
    place(page, partial(Look.at, Look(page)))


def test_options_look_like_options_on_any_screen(newcomer: Newcomer):
    """The styles of the quiz are not those of phones alone."""
    question = question_of("choice")
    for viewport in (PHONE, WIDE):
        page = newcomer(
            stored({question.id: due()}, 0), viewport=viewport
        ).new_page()
        page.goto(DRILL)
        reader = Answerer(page.locator(".room"), by_mouse)
        reader.press(reader.button("Start"))
        reader.show()
        option = reader.card.locator(".option").first
        expect(option).to_have_css("display", "flex")
        expect(option).to_have_css("text-align", "left")


def heaviest_chapter() -> str:
    """The one with the most questions."""
    found = max(chapters(), key=lambda one: len(one["questions"]))
    return f"/{found['page']}"


# Issue 4: a chapter's page within 300 KB gzip, the drill within 350.
# What every page fetches until it is loaded, test_every_page.py weighs.
@pytest.mark.parametrize(
    ("address_of", "most"),
    [
        (heaviest_chapter, 300_000),
        (lambda: DRILL, 350_000),
        (lambda: MOCK, 350_000),
        (lambda: PROGRESS, 350_000),
    ],
    ids=["chapter", "drill", "mock", "progress"],
)
def test_with_its_questions_it_is_light_and_asks_no_other_host(
    address_of: Callable[[], str],
    most: int,
    open_page: Open,
    address: str,
):
    visit = open_page(address_of()[1:])
    ready = ".stage .card, .room .lead, .room form, .standings"
    visit.page.locator(ready).first.wait_for()
    visit.page.wait_for_load_state("networkidle")
    elsewhere = [
        response.url
        for response in visit.responses
        if not response.url.startswith((address, "data:"))
    ]
    assert elsewhere == []
    assert visit.problems == []
    assert visit.weight() <= most
