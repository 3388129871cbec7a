"""What the reader has learnt, and the file in which it travels."""

import json
from pathlib import Path
from typing import Any

from conftest import Newcomer
from playwright.sync_api import Page, expect
from quiz import (
    AGAIN,
    DAY,
    GOOD,
    KEY,
    PROGRESS,
    all_questions,
    chapters,
    due,
    grades,
    keep_focus,
    now,
    saved,
    state,
    stored,
)

HERE, THERE = "huber-what-delta-caps", "huber-one-line"
EVIL = "<img src=x onerror='window.evil = 1'>"


def opened(newcomer: Newcomer, storage: dict[str, str] | None) -> Page:
    page = newcomer(storage).new_page()
    page.goto(PROGRESS)
    page.locator(".standings").wait_for()
    return page


def load(page: Page, text: str, name: str = "mine.json") -> str:
    """Imports a file with this text; what the page says to it."""
    page.get_by_label("Load a file").set_input_files(
        {
            "name": name,
            "mimeType": "application/json",
            "buffer": text.encode(),
        }
    )
    said = page.locator(".room .verdict[role=status]")
    expect(said).not_to_be_empty()
    keep_focus(page)
    return said.inner_text()


def standing(page: Page, slug: str) -> list[int]:
    """New, learning, known."""
    title = next(c["title"] for c in chapters() if c["slug"] == slug)
    row = page.locator(".standings tbody tr").filter(
        has=page.get_by_role("link", name=title, exact=True)
    )
    return [int(cell) for cell in row.locator("td").all_inner_texts()]


def test_it_counts_what_is_new_learning_and_known(newcomer: Newcomer):
    page = opened(
        newcomer,
        stored({HERE: due(), THERE: [[now() - 1000, AGAIN]]}),
    )
    of_huber = [
        q for q in all_questions().values() if q.chapter == "huber"
    ]
    assert standing(page, "huber") == [len(of_huber) - 2, 1, 1]
    of_mae = [q for q in all_questions().values() if q.chapter == "mae"]
    assert standing(page, "mae") == [len(of_mae), 0, 0]
    expect(page.locator(".lead")).to_have_text("1 day in a row.")
    days = page.locator(".forecast li")
    expect(days).to_have_count(14)
    expect(days.first).to_contain_text("Today 2")


def test_a_streak_ends_with_a_day_without_reviews(newcomer: Newcomer):
    page = opened(
        newcomer,
        stored({HERE: [[now() - n * DAY, GOOD] for n in (5, 2, 1)]}),
    )
    expect(page.locator(".lead")).to_have_text("2 days in a row.")


def test_a_file_takes_it_to_another_device(
    newcomer: Newcomer, tmp_path: Path
):
    here = opened(newcomer, stored({HERE: due()}, mocks=[finished("")]))
    with here.expect_download() as download:
        here.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".json")
    assert json.loads(file.read_text()) == saved(here)

    there = opened(
        newcomer, stored({THERE: due(), HERE: [[now(), AGAIN]]})
    )
    text = file.read_text()
    assert load(there, text) == "Loaded: 2 reviews added."
    assert grades(there, HERE) == [GOOD, GOOD, AGAIN]
    assert grades(there, THERE) == [GOOD, GOOD]
    assert len(saved(there)["mocks"]) == 1
    assert load(there, text) == "Loaded: 0 reviews added."
    there.reload()
    expect(there.locator(".standings")).to_be_visible()
    assert grades(there, HERE) == [GOOD, GOOD, AGAIN]


def test_reset_asks_first_and_a_file_brings_it_back(
    newcomer: Newcomer,
):
    past = stored({HERE: due()})
    page = opened(newcomer, past)
    sure = page.get_by_role("button", name="Yes, forget everything")
    expect(sure).to_be_hidden()
    page.get_by_role("button", name="Reset …").click()
    assert grades(page, HERE) == [GOOD, GOOD]
    expect(sure).to_be_focused()
    sure.click()
    expect(
        page.get_by_text("Forgotten. You begin anew.")
    ).to_be_focused()
    assert grades(page, HERE) == []
    page.reload()
    page.locator(".standings").wait_for()
    assert standing(page, "huber")[1:] == [0, 0]
    assert load(page, past[KEY]) == "Loaded: 2 reviews added."
    assert standing(page, "huber")[1:] == [0, 1]


def finished(given: str, **others: Any) -> dict[str, Any]:
    """A finished mock interview with one question."""
    question = {
        "id": HERE,
        "chapter": "huber",
        "seed": 1,
        "seconds": 9,
        "right": True,
        "given": given,
    }
    return {
        "started": now() - DAY,
        "saved": now() - DAY,
        "minutes": 15,
        "at": 0,
        "questions": [{**question, **others}],
    }


REFUSED = {
    "cut off": json.dumps(state({HERE: due()}))[:-30],
    "empty": "",
    "a list": "[1, 2]",
    "foreign": '{"decks": [], "notes": []}',
    "no version": '{"reviews": {}}',
    "newer": json.dumps(state(version=99)),
    "version 0": json.dumps(state(version=0)),
    "a grade of 7": json.dumps(state({HERE: [[now(), 7]]})),
    "a time that is text": json.dumps(state({HERE: [["1", 3]]})),
    "a time past all dates": json.dumps(state({HERE: [[1e300, 3]]})),
    "markup for an id": json.dumps(state({EVIL: due()})),
    "constructor": json.dumps(state({"constructor": due()})),
    "__proto__": json.dumps(state()).replace(
        '"reviews": {}', '"reviews": {"__proto__": [[1, 3]]}'
    ),
    "__proto__ for a setting": json.dumps(
        state(settings={"__proto__": {"value": 1, "at": 1}})
    ),
    "a setting of markup": json.dumps(
        state(settings={"newPerDay": {"value": EVIL, "at": 1}})
    ),
    "markup for a chapter": json.dumps(
        state(mocks=[finished("", chapter=EVIL)])
    ),
    "a mock of no questions": json.dumps(
        state(mock={**finished(""), "questions": []})
    ),
}


def test_what_is_no_file_of_ours_is_refused(newcomer: Newcomer):
    page = opened(newcomer, stored({HERE: due()}))
    # As the page writes it itself.
    load(page, json.dumps(state()))
    before = saved(page)
    for name, text in REFUSED.items():
        said = load(page, text, f"{name}.json")
        assert said.startswith(f"{name}.json was not loaded: it "), name
        assert said.endswith("Nothing has changed."), name
        assert saved(page) == before, name
        # So that the same words are not taken for the next answer.
        page.locator(".room .verdict").evaluate(
            "e => e.textContent = ''"
        )
    assert page.evaluate("window.evil") is None
    assert page.evaluate("({}).reviews ?? Object.prototype[0]") is None
    said = load(page, REFUSED["newer"])
    assert "written by a newer version (99)" in said


def test_what_is_read_from_a_file_is_text(newcomer: Newcomer):
    """In the name of the file, and in what was typed in a mock."""
    page = opened(newcomer, None)
    assert EVIL.replace("/", "") in load(page, "{", f"{EVIL}.json")
    mock = finished(EVIL, right=None)
    load(
        page,
        json.dumps(
            state(mock={**mock, "started": now(), "minutes": 45})
        ),
    )
    page.goto("/book/room/mock.html")
    page.get_by_role("button", name="To the report").click()
    expect(page.locator(".given")).to_have_text(f"You wrote: {EVIL}")
    assert page.locator(".room img").count() == 0
    assert page.evaluate("window.evil") is None
