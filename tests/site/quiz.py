"""A reader of the quiz: finds questions, answers them, presses keys."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from built_site import SITE
from playwright.sync_api import Locator, Page, expect

from lossbook.practice import questions
from lossbook.practice.expressions import answer_of, function
from lossbook.practice.questions import Question

KEY = "lossbook.progress"
DRILL = "/book/room/drill.html"
MOCK = "/book/room/mock.html"
PROGRESS = "/book/room/progress.html"
AGAIN, GOOD = 1, 3
DAY = 24 * 60 * 60 * 1000

Reviews = Mapping[str, Sequence[Sequence[float]]]


def now() -> int:
    return int(time.time() * 1000)


@cache
def chapters() -> list[dict[str, Any]]:
    """Those of the site, as its scripts know them."""
    file = SITE / "_static" / "lossbook" / "chapters.json"
    found: list[dict[str, Any]] = json.loads(
        file.read_text(encoding="utf-8")
    )
    return found


@cache
def all_questions() -> dict[str, Question]:
    return {
        question.id: question
        for chapter in chapters()
        for question in questions.load(chapter["slug"])
    }


def question_of(kind: str) -> Question:
    """The first of its kind; of those to derive, one we can type."""
    if kind == "derive":
        return all_questions()["huber-derive-gradient"]
    return next(q for q in all_questions().values() if q.kind == kind)


def page_of(question: Question) -> str:
    """The address of its chapter."""
    return next(
        f"/{chapter['page']}"
        for chapter in chapters()
        if chapter["slug"] == question.chapter
    )


def state(
    reviews: Reviews | None = None, **others: object
) -> dict[str, Any]:
    return {
        "version": 2,
        "reviews": reviews or {},
        "undone": {},
        "mocks": [],
        "mock": None,
        "settings": {},
        "solved": {},
        "drafts": {},
        **others,
    }


def stored(
    reviews: Reviews | None = None,
    new_per_day: int | None = None,
    **others: object,
) -> dict[str, str]:
    """What the storage holds of a reader with this past."""
    made = state(reviews, **others)
    if new_per_day is not None:
        made["settings"]["newPerDay"] = {"value": new_per_day, "at": 1}
    return {KEY: json.dumps(made)}


def due() -> list[list[int]]:
    """Reviews of a question that is due today."""
    return [[now() - 60 * DAY, GOOD], [now() - 59 * DAY, GOOD]]


def asleep() -> list[list[int]]:
    """Reviews of a question that is not asked today."""
    return [[now() - DAY, GOOD], [now() - 1000, GOOD]]


def saved(page: Page) -> dict[str, Any]:
    """What the storage of the page's browser holds now."""
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return json.loads(text) if text else state()


def put(page: Page, entries: Mapping[str, str]) -> None:
    """Replaces what the storage holds."""
    page.evaluate(
        "entries => { localStorage.clear();"
        " for (const one of entries) localStorage.setItem(...one); }",
        [*entries.items()],
    )


def grades(page: Page, identifier: str) -> list[int]:
    return [
        grade for _, grade in saved(page)["reviews"].get(identifier, [])
    ]


# What is disabled loses the focus when the page is drawn anew.
TWO_FRAMES = """() => new Promise(
  (drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"""


def keep_focus(page: Page) -> None:
    """Asserts that the focus has not fallen back to the page's top."""
    page.evaluate(TWO_FRAMES)
    expect(page.locator(":focus")).to_have_count(1)


Press = Callable[[Locator], None]


def by_mouse(target: Locator) -> None:
    target.click()
    keep_focus(target.page)


def tab_to(target: Locator) -> None:
    """Presses Tab, or Shift and Tab, until it has the focus."""
    page = target.page
    target.wait_for()
    for _ in range(60):
        where = target.evaluate(
            "e => e.compareDocumentPosition(document.activeElement)"
        )
        if where == 0:
            return
        before = where & 2  # DOCUMENT_POSITION_PRECEDING
        page.keyboard.press("Tab" if before else "Shift+Tab")
    raise AssertionError(f"60 times Tab do not lead to {target}")


def by_keyboard(target: Locator) -> None:
    """Without the mouse: Tab, then the key that presses it."""
    tab_to(target)
    box = target.get_attribute("type") == "checkbox"
    target.page.keyboard.press("Space" if box else "Enter")
    keep_focus(target.page)


class Answerer:
    """Answers the card that a block or a room shows, in one way."""

    def __init__(self, box: Locator, press: Press) -> None:
        self.box = box
        self.card = box.locator(".stage .card")
        self.press = press

    def button(self, name: str, exact: bool = True) -> Locator:
        return self.box.get_by_role("button", name=name, exact=exact)

    def show(self) -> Question:
        """Waits for the card; the question it shows."""
        self.card.wait_for()
        return all_questions()[self.card.get_attribute("id") or ""]

    def answer(self, question: Question, right: bool) -> None:
        """As far as the verdict; recall: as far as the answer."""
        getattr(self, question.kind)(question.fields, right)

    def choice(self, fields: Mapping[str, Any], right: bool) -> None:
        self.option(fields["options"], right)

    def option(self, options: Sequence[Any], right: bool) -> None:
        place = next(
            n
            for n, one in enumerate(options)
            if ("right" in one) == right
        )
        self.press(self.card.locator("button.option").nth(place))

    def multiple(self, fields: Mapping[str, Any], right: bool) -> None:
        boxes = self.card.get_by_role("checkbox")
        for place, option in enumerate(fields["options"]):
            if ("right" in option) == right:
                self.press(boxes.nth(place))
        if self.button("Check").count():
            self.press(self.button("Check"))

    def numeric(self, fields: Mapping[str, Any], right: bool) -> None:
        value = self.drawn_answer(fields)
        self.type(repr(value if right else value + 1 + abs(value)))

    def drawn_answer(self, fields: Mapping[str, Any]) -> float:
        """Worked out by SymPy from the numbers that the page shows."""
        draw = fields["draw"]
        values = []
        for symbol in draw:
            span = self.card.locator(f'[data-drawn="{symbol}"]').first
            values.append(float(span.inner_text().replace("−", "-")))
        answer = function(answer_of(fields, draw), [*draw])
        return float(answer(*values))

    def derive(self, fields: Mapping[str, Any], right: bool) -> None:
        answer = fields["answer"]
        if answer == "gradient":
            answer = "r if |r|<d else d*sign(r)"  # Huber's
        self.type(answer if right else "1/7")

    def type(self, text: str) -> None:
        """Into the card's field, and sends it off with Enter."""
        field = self.card.get_by_role("textbox")
        if self.press is by_mouse:
            field.fill(text)
            self.press(self.card.get_by_role("button", name="Check"))
        else:
            tab_to(field)
            field.page.keyboard.press("Control+A")
            field.page.keyboard.type(text)
            field.page.keyboard.press("Enter")
            keep_focus(field.page)

    def order(self, _: Mapping[str, Any], right: bool) -> None:
        lines = self.card.locator(".lines > li")
        places = range(1, lines.count() + 1)
        for line in places if right else reversed(places):
            chosen = self.card.locator(f'.lines > [data-line="{line}"]')
            self.press(chosen.get_by_role("button"))
        if self.button("Check").count():
            self.press(self.button("Check"))

    def bug(self, fields: Mapping[str, Any], right: bool) -> None:
        line = fields["wrong"] if right else 1
        self.press(self.card.locator("button.line").nth(line - 1))
        self.option(fields["fixes"], right)

    def recall(self, _fields: Mapping[str, Any], _right: bool) -> None:
        self.press(self.button("Show answer"))
        expect(self.card.locator("details")).to_have_attribute(
            "open", ""
        )
