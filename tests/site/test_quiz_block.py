"""The questions in a chapter: one at a time, where they stand."""

import pytest
from built_site import PHONE
from conftest import Newcomer
from playwright.sync_api import Locator, Page, Route, expect
from quiz import (
    AGAIN,
    GOOD,
    Answerer,
    all_questions,
    by_keyboard,
    by_mouse,
    grades,
    keep_focus,
    page_of,
)

# With several open questions in a block: what is asked most.
CHAPTER = "cross_entropy"

BLOCKS = """() => [...document.querySelectorAll(".quiz")].map(
  (block) => [...block.querySelectorAll(":scope > .card")].map((c) => c.id))"""


@pytest.fixture
def page(newcomer: Newcomer) -> Page:
    page = newcomer(viewport=PHONE).new_page()
    page.goto(address())
    page.locator(".quiz.live").first.wait_for()
    return page


def address() -> str:
    return page_of(
        next(
            question
            for question in all_questions().values()
            if question.chapter == CHAPTER
        )
    )


def places() -> list[list[str]]:
    """The questions' ids, block by block."""
    by_place: dict[str, list[str]] = {}
    for question in all_questions().values():
        if question.chapter == CHAPTER:
            by_place.setdefault(question.place, []).append(question.id)
    end = by_place.pop("end")
    return [*by_place.values(), end]


def blocks(page: Page) -> list[Answerer]:
    return [
        Answerer(box, by_mouse) for box in page.locator(".quiz").all()
    ]


def answer(reader: Answerer, right: bool) -> str:
    question = reader.show()
    reader.answer(question, right)
    last = "Knew it" if right else "Forgot"
    reader.press(
        reader.button(last if question.kind == "recall" else "Next")
    )
    return question.id


def test_one_prompt_at_a_time(page: Page):
    expect(page.locator(".quiz .card")).to_have_count(len(places()))
    shown = page.locator(".quiz .card").evaluate_all(
        "cards => cards.map((card) => card.id)"
    )
    assert shown == [block[0] for block in places()]
    assert page.locator(".quiz details[open]").count() == 0
    reader = blocks(page)[0]
    assert [answer(reader, True) for _ in places()[0]] == places()[0]
    many = len(places()[0])
    expect(reader.box.get_by_role("status")).to_contain_text(
        f"{many} of {many} known."
    )


Corner = tuple[float, float]


def near(one: Corner, other: Corner) -> bool:
    """The same place, less what is lost to rounding."""
    return one == pytest.approx(other, abs=1)


def corner(reader: Answerer, part: Locator) -> Corner:
    """Where it begins in its block."""
    block, box = reader.box.bounding_box(), part.bounding_box()
    assert block
    assert box
    return box["x"], box["y"] - block["y"]


def corners(reader: Answerer) -> dict[str, Corner]:
    """Where the buttons are, and the prompt."""
    found = {
        control.inner_text(): corner(reader, control)
        for control in reader.box.locator(".controls button").all()
    }
    prompt = reader.card.locator(".prompt")
    return {**found, "prompt": corner(reader, prompt)}


def test_the_two_buttons_stay_where_they_are(page: Page):
    every = 0
    for reader, ids in zip(blocks(page), places(), strict=True):
        seen: list[tuple[dict[str, Corner], dict[str, Corner]]] = []
        for identifier in ids:
            question = all_questions()[identifier]
            reader.show()
            if question.kind == "recall":
                before = corners(reader)
                reader.answer(question, right=True)
                after = corners(reader)
                assert {*after} == {"prompt", "Forgot", "Knew it"}
                seen.append((before, after))
                reader.press(reader.button("Knew it"))
            else:
                reader.answer(question, right=True)
                reader.press(reader.button("Next"))
        every += len(seen)
        for before, after in seen:
            for first, later in (
                (seen[0][0], before),
                (seen[0][1], after),
            ):
                for name in first:
                    assert near(first[name], later[name]), (ids, name)
            assert near(before["prompt"], after["prompt"])
            assert near(before["Show answer"], after["Forgot"])
    assert every >= 8


SMALL = """new MutationObserver((_, observer) => {
  if (!document.head) return;
  observer.disconnect();
  const style = document.createElement("style");
  style.id = "small";
  style.textContent = "article .card p { font-size: 6px !important }";
  document.head.append(style);
}).observe(document, { childList: true, subtree: true });"""


def test_there_is_room_for_the_answer_in_fonts_that_come_late(
    newcomer: Newcomer,
):
    page = newcomer(viewport=PHONE).new_page()
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    # Until they come, the letters are small.
    page.add_init_script(SMALL)
    page.goto(address(), wait_until="commit")
    page.locator(".quiz.live .stage .card").first.wait_for()
    page.evaluate("document.querySelector('#small').remove()")
    assert held
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")
    page.evaluate("document.fonts.ready.then(() => true)")
    reader = blocks(page)[0]
    before = corner(reader, reader.button("Show answer"))
    reader.answer(reader.show(), right=True)
    assert near(before, corner(reader, reader.button("Forgot")))


def test_an_answer_is_read_without_scrolling(page: Page):
    """From the prompt to the buttons it fits a phone's screen."""
    for reader in blocks(page):
        question = reader.show()
        if question.kind != "recall":
            continue
        reader.answer(question, right=True)
        box = reader.box.bounding_box()
        assert box
        assert box["height"] <= PHONE["height"], question.id


def test_a_forgotten_prompt_comes_back_in_the_next_block(page: Page):
    first, second = blocks(page)[:2]
    forgotten = answer(first, right=False)
    asked = [answer(second, right=True) for _ in places()[1]]
    assert asked == places()[1]
    assert answer(second, right=True) == forgotten
    assert grades(page, forgotten) == [AGAIN, GOOD]
    many = len(asked) + 1
    expect(second.box.get_by_role("status")).to_contain_text(
        f"{many} of {many} known."
    )
    # Also when that block was done already.
    forgotten = answer(first, right=False)
    assert second.show().id == forgotten


def test_a_forgotten_prompt_comes_back_after_a_reload_too(page: Page):
    first = blocks(page)[0]
    forgotten = answer(first, right=False)
    page.reload()
    page.locator(".quiz.live").first.wait_for()
    first, second = blocks(page)[:2]
    # Its own block does not ask it a second time.
    others = places()[0][1:]
    assert [answer(first, True) for _ in others] == others
    expect(first.box.get_by_role("status")).to_contain_text("known.")
    assert [answer(second, True) for _ in places()[1]] == places()[1]
    # Forgotten again, it goes one block further.
    assert answer(second, right=False) == forgotten
    page.reload()
    second, third = blocks(page)[1:3]
    expect(second.box.get_by_role("status")).to_contain_text(
        "come back"
    )
    asked = [answer(third, True) for _ in [*places()[2], forgotten]]
    assert asked == [*places()[2], forgotten]
    # Known at last, it is left in peace.
    page.reload()
    expect(blocks(page)[2].box.get_by_role("status")).to_be_visible()
    assert grades(page, forgotten) == [AGAIN, AGAIN, GOOD]


def test_show_all_shows_what_can_be_unfolded(page: Page):
    reader = blocks(page)[0]
    ids = places()[0]
    for _ in ids:
        answer(reader, right=True)
    reader.press(reader.button("Show all"))
    cards = reader.box.locator(".card")
    expect(cards).to_have_count(len(ids))
    for card in cards.all():
        card.locator("summary").click()
        expect(card.locator("details")).to_have_attribute("open", "")
    assert grades(page, ids[0]) == [GOOD]


def test_nothing_is_lost_on_reload(page: Page):
    reader = blocks(page)[0]
    first = answer(reader, right=True)
    second = reader.show().id
    page.reload()
    reader = blocks(page)[0]
    assert reader.show().id == second
    assert grades(page, first) == [GOOD]
    for _ in places()[0][1:]:
        answer(reader, right=True)
    page.reload()
    expect(blocks(page)[0].box.get_by_role("status")).to_contain_text(
        "They come back"
    )
    reader.press(reader.button("Ask again"))
    assert reader.show().id == first


def test_a_whole_block_by_keyboard(page: Page):
    reader = Answerer(page.locator(".quiz").first, by_keyboard)
    reader.box.evaluate("e => { e.tabIndex = -1; e.focus(); }")
    for _ in places()[0]:
        answer(reader, right=False)
    keep_focus(page)
    rest: Locator = reader.box.get_by_role("status")
    expect(rest).to_be_focused()
    expect(rest).to_contain_text("0 of")
