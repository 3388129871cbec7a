"""Storage that is damaged, forbidden or full, and two tabs at once."""

import json

import pytest
from conftest import Newcomer
from playwright.sync_api import Page, expect
from quiz import (
    DRILL,
    GOOD,
    KEY,
    PROGRESS,
    Answerer,
    by_mouse,
    due,
    grades,
    keep_focus,
    page_of,
    put,
    question_of,
    saved,
    state,
    stored,
)

RECALL = question_of("recall")


def reader_of(page: Page) -> Answerer:
    return Answerer(page.locator(".room"), by_mouse)


def drilled(page: Page, many: int = 2) -> list[str]:
    """Answers new questions in the drill; which they were."""
    page.bring_to_front()  # a tab behind is drawn once a second
    reader = reader_of(page)
    reader.press(reader.button("Start"))
    asked = []
    for _ in range(many):
        question = reader.show()
        reader.answer(question, right=True)
        reader.press(reader.button("4 Easy"))
        asked.append(question.id)
        expect(page.locator(".count")).to_contain_text("left")
    return asked


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 1, "reviews": {"huber-one',
        "not ours",
        json.dumps(state(version=3)),
        json.dumps(state({"constructor": [[1, 3]]})),
        '{"version": 1, "mock": {}}',
    ],
    ids=["cut off", "foreign", "newer", "constructor", "no reviews"],
)
def test_what_cannot_be_read_is_set_aside_and_told(
    text: str, newcomer: Newcomer
):
    page = newcomer({KEY: text}).new_page()
    page.goto(DRILL)
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("could not be read")
    asides = page.evaluate(
        "key => Object.entries(localStorage)"
        ".filter(([name]) => name.startsWith(`${key}.aside.`))",
        KEY,
    )
    assert [kept for _, kept in asides] == [text]
    expect(notice).to_contain_text(asides[0][0])
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_be_hidden()
    asked = drilled(page)
    page.reload()
    expect(page.locator(".lead")).to_contain_text("8 new")
    assert page.get_by_role("alert").count() == 0
    assert {*saved(page)["reviews"]} == {*asked}


FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); },
  configurable: true,
});"""
UNREADABLE = """for (const name of ["getItem", "setItem"]) {
  Storage.prototype[name] = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
}"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (FORBIDDEN, "forbids this page to store anything"),
        (UNREADABLE, "forbids this page to store anything"),
        (FULL, "storage is full"),
    ],
    ids=["forbidden", "unreadable", "full"],
)
def test_without_storage_it_works_and_says_so(
    script: str, said: str, newcomer: Newcomer
):
    context = newcomer()
    context.add_init_script(script)
    page = context.new_page()
    page.goto(DRILL)
    asked = drilled(page)
    assert len({*asked}) == 2
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(said)
    page.keyboard.press("u")
    expect(page.locator(".stage .card")).to_have_id(asked[1])

    page.goto(page_of(RECALL))
    reader = Answerer(page.locator(".quiz").first, by_mouse)
    question = reader.show()
    reader.answer(question, right=True)
    reader.press(reader.button("Knew it"))
    expect(reader.card).not_to_have_id(question.id)
    expect(page.get_by_role("alert")).to_contain_text(said)
    keep_focus(page)


@pytest.mark.parametrize(
    "script",
    [FORBIDDEN, UNREADABLE],
    ids=["forbidden", "unreadable"],
)
def test_without_storage_the_page_itself_works(
    script: str, newcomer: Newcomer
):
    context = newcomer(color_scheme="light")
    context.add_init_script(script)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(page_of(RECALL))
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    page.locator(".theme-switch-button").click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+K")
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    assert problems == []


def test_two_tabs_lose_nothing_and_both_show_it(newcomer: Newcomer):
    context = newcomer(stored(new_per_day=6))
    drills = [context.new_page(), context.new_page()]
    progress = context.new_page()
    for page in drills:
        page.goto(DRILL)
        page.locator(".lead").wait_for()
    progress.goto(PROGRESS)
    known = progress.locator(".standings td:nth-child(4)")
    known.first.wait_for()

    first = drilled(drills[0], 1)
    # The lobby of the other tab knows of it.
    expect(drills[1].locator(".lead")).to_have_text(
        "0 questions due, 5 new."
    )
    second = drilled(drills[1], 1)
    drills[0].bring_to_front()
    third = reader_of(drills[0]).show().id
    reader_of(drills[0]).answer(reader_of(drills[0]).show(), right=True)
    drills[0].keyboard.press("4")
    reviews = saved(drills[0])["reviews"]
    assert {*reviews} == {*first, *second, third}
    assert not {*first} & {*second}
    many = len(reviews)
    progress.wait_for_function(
        "many => [...document.querySelectorAll('.standings td:nth-child(4)')]"
        ".reduce((sum, cell) => sum + Number(cell.textContent), 0) === many",
        arg=many,
    )


def test_what_another_tab_has_just_written_is_kept(
    newcomer: Newcomer,
):
    page = newcomer(stored({RECALL.id: due()}, 0)).new_page()
    page.goto(DRILL)
    reader = reader_of(page)
    reader.press(reader.button("Start"))
    reader.answer(reader.show(), right=True)
    # Before this tab has heard of it.
    put(page, stored({"huber-one-line": due()}, 0))
    page.keyboard.press("3")
    assert grades(page, RECALL.id) == [GOOD, GOOD, GOOD]
    assert grades(page, "huber-one-line") == [GOOD, GOOD]


def test_what_another_tab_has_overwritten_comes_back(
    newcomer: Newcomer,
):
    page = newcomer(stored({RECALL.id: due()}, 0)).new_page()
    page.goto(DRILL)
    page.locator(".lead").wait_for()
    theirs = stored({"huber-one-line": due()})
    put(page, theirs)
    page.evaluate(
        "([key, text]) => dispatchEvent(new StorageEvent('storage',"
        " { key, newValue: text }))",
        [KEY, theirs[KEY]],
    )
    assert grades(page, RECALL.id) == [GOOD, GOOD]
    assert grades(page, "huber-one-line") == [GOOD, GOOD]
