"""A mock interview, interrupted or not, and its report."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import Newcomer
from playwright.sync_api import BrowserContext, Locator, Page, expect
from quiz import (
    AGAIN,
    GOOD,
    MOCK,
    Answerer,
    all_questions,
    by_keyboard,
    by_mouse,
    chapters,
    grades,
    question_of,
    saved,
    stored,
)

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVIL = "<img src=x onerror='window.evil = 1'>"


class Interview:
    """The page of the mock interview, at a time of our own."""

    def __init__(
        self, context: BrowserContext, time: datetime = NOON
    ) -> None:
        self.page = context.new_page()
        self.page.clock.install(time=time)
        self.page.goto(MOCK)
        self.room = self.page.locator(".room")
        self.reader = Answerer(self.room, by_mouse)

    def press(self, name: str) -> None:
        self.reader.press(self.reader.button(name))

    def begin(self, topics: list[str], minutes: int = 15) -> None:
        self.page.get_by_label(f"{minutes} minutes").check()
        boxes = self.page.locator("input[name=topic]")
        boxes.first.wait_for()
        for box in boxes.all():
            box.set_checked(box.get_attribute("value") in topics)
        self.press("Start")

    @property
    def mock(self) -> dict[str, Any]:
        """The interview under way, as it is stored."""
        found: dict[str, Any] = saved(self.page)["mock"]
        return found

    def answer(self, right: bool) -> None:
        """Answers what is asked; not yet the next one."""
        question = self.reader.show()
        if question.kind == "recall":
            self.page.get_by_role("textbox").fill("in a few words")
        elif question.kind == "derive":
            # The one drawn is not always one that we can type.
            self.page.get_by_role("textbox").fill("1/7")
        else:
            self.reader.answer(question, right)

    def to_the_end(self, right: bool) -> int:
        """Answers all that is left; how many are graded by oneself."""
        while not self.reader.button("Finish").count():
            self.answer(right)
            self.press("Next")
        self.answer(right)
        self.press("Finish")
        graded = 0
        while self.reader.button("I had it").count():
            self.press("I had it" if right else "I did not have it")
            graded += 1
        return graded


def rows(page: Page) -> dict[str, str]:
    """The report's: each topic and what was right of it."""
    lines = page.locator(".room tbody tr").all()
    return {
        line.locator("td").first.inner_text(): line.locator(
            "td"
        ).last.inner_text()
        for line in lines
    }


class Report:
    """What a report says of the single questions."""

    def __init__(self, room: Locator) -> None:
        self.box = room.locator(".answers")

    def headings(self) -> list[str]:
        heading = self.box.get_by_role("heading")
        heading.first.wait_for()
        return heading.all_inner_texts()

    def questions(self) -> list[str]:
        ids: list[str] = self.box.locator(".card").evaluate_all(
            "cards => cards.map((card) => card.id)"
        )
        return ids

    def given(self, identifier: str) -> str:
        return self.box.locator(f"#{identifier} .given").inner_text()

    def answer(self, identifier: str) -> Locator:
        return self.box.locator(f"#{identifier} details")


@pytest.mark.parametrize("minutes", [15, 30, 45])
def test_the_plan_fits_the_minutes_and_has_a_derivation(
    minutes: int, newcomer: Newcomer
):
    interview = Interview(newcomer())
    everything = [chapter["slug"] for chapter in chapters()]
    interview.begin(everything, minutes)
    interview.reader.show()
    mock = interview.mock
    kinds = [all_questions()[q["id"]].kind for q in mock["questions"]]
    assert "derive" in kinds
    assert len({*kinds}) >= 4
    identifiers = [q["id"] for q in mock["questions"]]
    assert len({*identifiers}) == len(identifiers)
    # A question takes between one minute and four and a half.
    assert minutes / 4.5 <= len(identifiers) <= minutes
    # It runs while we look.
    expect(interview.room.get_by_role("timer")).to_have_text(
        re.compile(rf"{minutes}:00|{minutes - 1}:5\d")
    )


def test_no_topic_no_interview(newcomer: Newcomer):
    interview = Interview(newcomer())
    interview.begin([])
    expect(interview.room.locator(".verdict")).to_have_text(
        "Choose at least one topic."
    )
    assert saved(interview.page)["mock"] is None


def test_a_whole_interview_its_report_and_its_history(
    newcomer: Newcomer,
):
    interview = Interview(newcomer())
    interview.begin(["huber", "mae"])
    interview.reader.show()
    asked = [q["id"] for q in interview.mock["questions"]]
    open_ones = [
        identifier
        for identifier in asked
        if all_questions()[identifier].kind == "recall"
    ]
    assert interview.to_the_end(right=False) == len(open_ones)
    lead = interview.room.get_by_role("status")
    expect(lead).to_have_text(f"0 of {len(asked)} questions right.")
    expect(lead).to_be_focused()
    assert sum(
        int(line.split(" of ")[1])
        for line in rows(interview.page).values()
    ) == len(asked)
    for chapter in chapters():
        if chapter["slug"] in ("huber", "mae"):
            links = interview.room.get_by_role(
                "link", name=chapter["title"], exact=True
            )
            # In the table, and above each of its questions.
            mine = [
                identifier
                for identifier in asked
                if all_questions()[identifier].chapter
                == chapter["slug"]
            ]
            expect(links).to_have_count(1 + len(mine))
            for link in links.all():
                address = link.get_attribute("href") or ""
                assert address.endswith(f"/{chapter['page']}")
            assert interview.page.request.get(address).ok
    report = Report(interview.room)
    assert report.headings() == [f"Not right: {len(asked)}"]
    assert report.questions() == asked
    for identifier in asked:
        assert grades(interview.page, identifier) == [AGAIN]

    interview.press("Another one")
    past = interview.room.get_by_role(
        "button", name=f"15 minutes: 0 of {len(asked)} right"
    )
    interview.reader.press(past)
    expect(lead).to_have_text(f"0 of {len(asked)} questions right.")
    interview.page.reload()
    expect(past).to_be_visible()


def under_way(
    *identifiers: str, started: datetime = NOON, **others: object
) -> dict[str, str]:
    """The storage in the middle of an interview of 15 minutes."""
    time = started.timestamp() * 1000
    questions = [
        {
            "id": identifier,
            "chapter": all_questions()[identifier].chapter,
            "seed": 7,
            "seconds": 0,
            "right": None,
            "given": "",
        }
        for identifier in identifiers
    ]
    mock = {
        "started": time,
        "saved": time,
        "minutes": 15,
        "at": 0,
        "questions": questions,
        **others,
    }
    return stored(mock=mock)


KINDS = ["bug", "choice", "derive", "multiple", "numeric", "order"]


@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
@pytest.mark.parametrize("right", [True, False])
def test_each_kind_is_judged_and_nothing_is_said(
    right: bool, press: Any, newcomer: Newcomer
):
    asked = [question_of(kind).id for kind in KINDS]
    interview = Interview(newcomer(under_way(*asked)))
    interview.reader.press = press
    interview.press("Go on")
    for identifier in asked:
        question = interview.reader.show()
        assert question.id == identifier
        interview.reader.answer(question, right)
        heard = interview.room.locator(".verdict").all_inner_texts()
        assert "Noted." in heard
        assert not any("ight" in text for text in heard)
        assert not interview.room.locator(
            ".right > .option, .wrong > .option, .line.right"
        ).count()
        details = interview.reader.card.locator("details")
        assert details.get_attribute("open") is None
        last = identifier == asked[-1]
        interview.press("Finish" if last else "Next")
    number = len(asked) if right else 0
    expect(interview.room.get_by_role("status")).to_have_text(
        f"{number} of {len(asked)} questions right."
    )
    grade = GOOD if right else AGAIN
    for identifier in asked:
        assert grades(interview.page, identifier) == [grade]


def test_what_is_typed_counts_without_check(newcomer: Newcomer):
    asked = [question_of(kind).id for kind in ("derive", "numeric")]
    interview = Interview(newcomer(under_way(*asked)))
    interview.press("Go on")
    interview.reader.show()
    field = interview.page.get_by_role("textbox")
    field.fill("clip(r, -d, d)")
    interview.press("Next")
    question = interview.reader.show()
    field.fill(repr(interview.reader.drawn_answer(question.fields)))
    interview.press("Finish")
    expect(interview.room.get_by_role("status")).to_have_text(
        "2 of 2 questions right."
    )


def test_what_cannot_be_read_is_told_before_it_is_left(
    newcomer: Newcomer,
):
    asked = [question_of(kind).id for kind in ("derive", "numeric")]
    interview = Interview(newcomer(under_way(*asked)))
    interview.press("Go on")
    interview.reader.show()
    field = interview.page.get_by_role("textbox")
    field.fill("clip(r, -d, d")
    interview.press("Next")
    # Still there, with the reason; mended, it counts.
    assert interview.reader.show().id == asked[0]
    expect(interview.reader.card).to_contain_text("never closed")
    field.fill("clip(r, -d, d)")
    interview.press("Next")
    assert interview.reader.show().id == asked[1]
    field.fill("some")
    interview.press("Finish")
    expect(interview.room).to_contain_text("Please write a number")
    # Left all the same: without an answer.
    interview.press("Finish")
    expect(interview.room.get_by_role("status")).to_have_text(
        "1 of 2 questions right."
    )
    report = Report(interview.room)
    assert report.headings() == ["Not right: 1", "Right: 1"]
    assert report.given(asked[1]) == "You gave no answer."


def test_the_report_shows_each_question_with_both_answers(
    newcomer: Newcomer,
):
    asked = [question_of(kind).id for kind in [*KINDS, "recall"]]
    more = next(
        q.id
        for q in all_questions().values()
        if q.kind == "choice" and q.id not in asked
    )
    interview = Interview(newcomer(under_way(*asked, more)))
    interview.press("Go on")
    right = {"choice", "order", "numeric"}
    given, prompts = {}, {}
    for identifier in asked:
        question = interview.reader.show()
        prompts[identifier] = interview.reader.card.locator(
            ".prompt"
        ).inner_text()
        if question.kind == "recall":
            interview.page.get_by_role("textbox").fill(EVIL)
        else:
            interview.reader.answer(question, question.kind in right)
        if question.kind == "numeric":
            value = interview.reader.drawn_answer(question.fields)
        given[identifier] = interview.mock["questions"][
            asked.index(identifier)
        ]["given"]
        interview.press(
            "End now" if identifier == asked[-1] else "Next"
        )
    interview.press("I did not have it")

    def is_told() -> None:
        report = Report(interview.room)
        assert report.headings() == [
            "Not right: 4",
            "Not reached: 1",
            "Right: 3",
        ]
        kinds = [
            all_questions()[identifier].kind
            for identifier in report.questions()
        ]
        missed, unreached = "bug derive multiple recall", "choice"
        shown = f"{missed} {unreached} choice numeric order"
        assert " ".join(kinds) == shown
        for identifier in asked:
            said = f"You answered: {given[identifier]}"
            assert report.given(identifier) == said
            # The numbers drawn are those that were asked.
            prompt = report.box.locator(f"#{identifier} .prompt")
            assert prompt.inner_text() == prompts[identifier]
            kind = all_questions()[identifier].kind
            unfolded = report.answer(identifier).get_attribute("open")
            assert (unfolded is None) == (kind in right)
        assert report.box.locator(f"#{more} .given").count() == 0
        assert report.answer(more).get_attribute("open") is None
        numeric = report.answer(question_of("numeric").id)
        told = numeric.locator(".right").text_content() or ""
        near = float(told.split(";")[0].replace("−", "-"))
        assert near == pytest.approx(value, rel=1e-3)
        # Line 1 is never the wrong one, and its fix was the first wrong.
        assert report.given(question_of("bug").id).startswith(
            "You answered: line 1, fix "
        )
        assert report.box.locator("img").count() == 0
        assert interview.page.evaluate("window.evil") is None

    is_told()
    # From the history, after a reload, it is the same.
    interview.page.reload()
    interview.reader.press(
        interview.room.get_by_role("button", name="3 of 7 right")
    )
    is_told()


def test_a_report_of_another_edition_of_the_book(newcomer: Newcomer):
    asked = question_of("choice").id
    text = under_way(asked, asked, at=1)["lossbook.progress"]
    state = json.loads(text.replace(asked, "gone-question", 1))
    state["mock"], state["mocks"] = None, [state["mock"]]
    interview = Interview(
        newcomer({"lossbook.progress": json.dumps(state)})
    )
    interview.reader.press(
        interview.room.get_by_role("button", name="0 of 2 right")
    )
    report = Report(interview.room)
    assert report.headings() == ["Not right: 2"]
    assert report.questions() == [asked]
    expect(report.box).to_contain_text(
        "The book does not have this question any more."
    )


def test_what_was_answered_stands_there_after_a_reload(
    newcomer: Newcomer,
):
    """And is judged as before, though no button is pressed again."""
    for kind in KINDS:
        asked = question_of(kind)
        interview = Interview(newcomer(under_way(asked.id)))
        interview.press("Go on")
        interview.reader.show()
        interview.reader.answer(asked, right=True)
        before = interview.mock["questions"][0]
        interview.page.reload()
        interview.press("Go on")
        card = interview.reader.card
        interview.reader.show()
        expect(card.locator(ANSWERED).first).to_be_visible()
        if kind == "bug":
            # The line once more: the fix still counts.
            card.locator("button.line").nth(
                asked.fields["wrong"] - 1
            ).click()
        interview.press("Finish")
        expect(interview.room.get_by_role("status")).to_have_text(
            "1 of 1 question right."
        )
        after = saved(interview.page)["mocks"][0]["questions"][0]
        assert after["given"] == before["given"] != "", kind


ANSWERED = (
    "[aria-pressed=true], :checked, input:not(:placeholder-shown)"
)


def test_topics_are_chosen_and_left_all_at_once(newcomer: Newcomer):
    interview = Interview(newcomer())
    boxes = interview.page.locator("input[name=topic]")
    boxes.first.wait_for()
    many = boxes.count()
    chosen = interview.page.locator("input[name=topic]:checked")
    expect(chosen).to_have_count(many)
    interview.press("None")
    expect(chosen).to_have_count(0)
    interview.press("All")
    expect(chosen).to_have_count(many)


def test_a_reload_in_the_middle_loses_nothing(newcomer: Newcomer):
    """Nor does a closed page; and the clock goes on."""
    kinds = ("choice", "numeric", "recall")
    asked = [question_of(kind).id for kind in kinds]
    context = newcomer(under_way(*asked))
    interview = Interview(context, NOON + MINUTE)
    interview.press("Go on")
    interview.answer(right=True)
    interview.press("Next")
    numeric = interview.reader.show()
    answer = interview.reader.drawn_answer(numeric.fields)
    prompt = interview.reader.card.locator(".prompt").inner_text()
    interview.page.get_by_role("textbox").fill(repr(answer))

    interview.page.clock.set_system_time(NOON + 3 * MINUTE)
    # More than once: the same number might be drawn by chance.
    for _ in range(5):
        interview.page.reload()
        lead = interview.room.locator(".lead")
        expect(lead).to_contain_text("question 2 of 3, 1")
        expect(lead).to_contain_text(" left.")
        interview.press("Go on")
        assert interview.reader.show().id == numeric.id
        shown = interview.reader.card.locator(".prompt")
        assert shown.inner_text() == prompt
        expect(interview.page.get_by_role("textbox")).to_have_value(
            repr(answer)
        )
    interview.press("Next")
    interview.page.get_by_role("textbox").fill("half a sent")
    interview.page.close()

    interview = Interview(context, NOON + 5.1 * MINUTE)
    expect(interview.room.locator(".lead")).to_contain_text(
        "question 3 of 3, 9:5"
    )
    interview.press("Go on")
    field = interview.page.get_by_role("textbox")
    expect(field).to_have_value("half a sent")
    interview.press("Finish")
    expect(interview.room).to_contain_text("You wrote: half a sent")
    interview.press("I had it")
    expect(interview.room.get_by_role("status")).to_have_text(
        "3 of 3 questions right."
    )


def test_when_the_time_is_over_it_goes_to_the_report(
    newcomer: Newcomer,
):
    kinds = ("derive", "recall", "choice")
    asked = [question_of(kind).id for kind in kinds]
    interview = Interview(newcomer(under_way(*asked)))
    interview.press("Go on")
    interview.reader.show()
    interview.page.get_by_role("textbox").fill("clip(r, -d, d)")
    interview.page.clock.fast_forward(16 * 60 * 1000)
    expect(interview.room.get_by_role("status")).to_have_text(
        "1 of 1 question right, 2 not reached."
    )
    reported = Report(interview.room)
    assert reported.headings() == ["Not reached: 2", "Right: 1"]
    # What was never reached is not forgotten.
    given = [grades(interview.page, identifier) for identifier in asked]
    assert given == [[GOOD], [], []]


def test_come_back_too_late(newcomer: Newcomer):
    interview = Interview(
        newcomer(under_way(question_of("choice").id)),
        NOON + 20 * MINUTE,
    )
    expect(interview.room.locator(".lead")).to_have_text(
        "An interview was under way; its time is over."
    )
    assert interview.reader.button("Go on").count() == 0
    interview.press("To the report")
    expect(interview.room.get_by_role("status")).to_have_text(
        "0 of 1 question right."
    )


def test_questions_that_the_book_has_no_more_are_left_out(
    newcomer: Newcomer,
):
    asked = question_of("choice").id
    storage = under_way(asked, asked, at=1)
    storage = {
        key: text.replace(asked, "gone-question", 1)
        for key, text in storage.items()
    }
    interview = Interview(newcomer(storage))
    expect(interview.room.locator(".lead")).to_contain_text(
        "question 1 of 1"
    )
    interview.press("Go on")
    interview.reader.show()


def test_another_tab_that_ends_it(newcomer: Newcomer):
    context = newcomer(under_way(question_of("choice").id))
    here, there = Interview(context), Interview(context)
    here.press("Go on")
    there.press("Go on")
    here.press("Finish")
    expect(here.room).to_contain_text("0 of 1 question right.")
    there.press("Finish")
    expect(there.room).to_contain_text("How long?")
    assert len(saved(here.page)["mocks"]) == 1
    assert grades(here.page, question_of("choice").id) == [AGAIN]
