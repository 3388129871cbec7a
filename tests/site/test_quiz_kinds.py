"""Each kind of question, answered with the mouse and by keyboard."""

import re

import pytest
from conftest import Newcomer
from playwright.sync_api import Locator, Page, expect
from quiz import (
    AGAIN,
    DRILL,
    GOOD,
    Answerer,
    Press,
    all_questions,
    asleep,
    by_keyboard,
    by_mouse,
    due,
    grades,
    page_of,
    put,
    question_of,
    stored,
)

from lossbook.practice.questions import Question

KINDS = [
    "bug",
    "choice",
    "derive",
    "multiple",
    "numeric",
    "order",
    "recall",
]
kinds = pytest.mark.parametrize("kind", KINDS)
ways = pytest.mark.parametrize(
    "press", [by_mouse, by_keyboard], ids=["mouse", "keyboard"]
)


def test_these_are_all_kinds():
    assert {q.kind for q in all_questions().values()} == {*KINDS}


def only_open(question: Question) -> dict[str, str]:
    """A storage in which no other one of its block is to be asked."""
    return stored(
        {
            other.id: asleep()
            for other in all_questions().values()
            if other.chapter == question.chapter
            and other.place == question.place
            and other.id != question.id
        }
    )


def block_with(page: Page, question: Question) -> Locator:
    page.locator(f"#{question.id}").wait_for()
    # By its place: once it is answered, the card is gone.
    place = page.evaluate(
        "id => [...document.querySelectorAll('.quiz')]"
        ".findIndex((block) => block.querySelector(`#${id}`))",
        question.id,
    )
    block = page.locator(".quiz").nth(place)
    # A keyboard's reader comes from the text before it.
    block.evaluate("e => { e.tabIndex = -1; e.focus(); }")
    return block


def announced(box: Locator, text: str) -> None:
    """A region that is read aloud says it."""
    region = box.locator("[role=status], [aria-live=polite]")
    expect(
        region.filter(has_text=text, visible=True).first
    ).to_be_visible()


def settle(reader: Answerer, question: Question, right: bool) -> None:
    reader.answer(question, right)
    if question.kind == "recall":
        return
    announced(reader.box, "Right." if right else "Not right.")
    regions = reader.box.locator("[role=status], [aria-live=polite]")
    said = " ".join(regions.all_inner_texts())
    assert len(re.findall(r"right\.|not yet", said, re.I)) == 1, said


@ways
@kinds
def test_in_a_chapter(kind: str, press: Press, newcomer: Newcomer):
    question = question_of(kind)
    page = newcomer(only_open(question)).new_page()
    for right in (False, True):
        page.goto(page_of(question))
        reader = Answerer(block_with(page, question), press)
        assert reader.show().id == question.id
        settle(reader, question, right)
        if kind == "recall":
            press(reader.button("Knew it" if right else "Forgot"))
        else:
            press(reader.button("Next"))
        announced(reader.box, f"{int(right)} of 1 known.")
        expected = GOOD if right else AGAIN
        assert grades(page, question.id) == [expected]
        put(page, only_open(question))


@ways
def test_in_the_drill(press: Press, newcomer: Newcomer):
    """All kinds in one session, first wrong and then right."""
    asked = {question_of(kind).id: due() for kind in KINDS}
    page = newcomer(stored(asked, 0)).new_page()
    page.goto(DRILL)
    reader = Answerer(page.locator(".room"), press)
    press(reader.button("Start"))
    for right in (False, True):
        seen = set()
        for _ in asked:
            question = reader.show()
            seen.add(question.id)
            settle(reader, question, right)
            # The fitting grade has the focus; recall leaves it to the
            # reader.
            if question.kind == "recall" and not right:
                press(reader.button("1 Again"))
            else:
                fitting = "3 Good" if right else "1 Again"
                expect(reader.button(fitting)).to_be_focused()
                press(reader.button(fitting))
        assert seen == {*asked}
    announced(reader.box, "Done: 14 answers, 7 forgotten.")
    for identifier in asked:
        assert grades(page, identifier)[2:] == [AGAIN, GOOD]
    press(reader.button("Back"))


def test_the_reasons_of_lines_come_after_their_order(
    newcomer: Newcomer,
):
    question = question_of("order")
    page = newcomer(only_open(question)).new_page()
    page.goto(page_of(question))
    card = page.locator(f"#{question.id}")
    lines = card.locator(".lines > li").count()
    expect(card.locator("details .reason")).to_have_count(lines)
    expect(card.locator(".reason")).to_have_count(lines)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("derive", "r + foo(d)", "I don't know the name foo"),
        ("derive", "", "Nothing is written yet."),
        ("numeric", "about 3", "Please write a number"),
        ("numeric", "", "Please write a number"),
    ],
)
def test_what_cannot_be_read_never_counts(
    kind: str, text: str, said: str, newcomer: Newcomer
):
    question = question_of(kind)
    page = newcomer(stored({question.id: due()}, 0)).new_page()
    page.goto(DRILL)
    reader = Answerer(page.locator(".room"), by_keyboard)
    reader.press(reader.button("Start"))
    reader.show()
    reader.type(text)
    announced(reader.box, said)
    assert grades(page, question.id) == [GOOD, GOOD]
    assert reader.button("1 Again").count() == 0
    settle(reader, question, right=True)
    page.keyboard.press("3")
    announced(reader.box, "Done: 1 answer, 0 forgotten.")
