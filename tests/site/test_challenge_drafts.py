"""The reader's code: nothing that was made is lost."""

import json

import pytest
from challenge import ADDRESS, RIGHT, WARM_UP, WRONG, Coder, opened
from conftest import Newcomer
from playwright.sync_api import Page, expect
from quiz import KEY, PROGRESS, now, saved, stored
from test_quiz_storage import FORBIDDEN, FULL

STUB = WARM_UP.stub


def draft(value: str, at: int | None = None) -> dict[str, object]:
    return {
        WARM_UP.id: {"value": value, "before": "", "at": at or now()}
    }


def kept(page: Page, value: str) -> None:
    """Waits until this is the draft in the storage."""
    page.wait_for_function(
        "([key, id, value]) => JSON.parse(localStorage.getItem(key))"
        "?.drafts[id]?.value === value",
        arg=[KEY, WARM_UP.id, value],
    )


def test_a_reload_keeps_it(newcomer: Newcomer):
    page = newcomer().new_page()
    coder = opened(page)
    coder.write(WRONG)
    kept(page, WRONG)
    page.reload()
    coder = Coder(page)
    assert coder.code == WRONG
    # Also what was typed just before.
    coder.editor.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("# ½")
    page.reload()
    assert Coder(page).code == WRONG + "# ½"


def test_a_reset_asks_and_can_be_undone(newcomer: Newcomer):
    page = newcomer().new_page()
    coder = opened(page)
    back = coder.button("Bring back my code")
    expect(back).to_be_hidden()
    coder.write(WRONG)
    sure = coder.button("Yes, back to the beginning")
    expect(sure).to_be_hidden()
    coder.button("Reset …").click()
    expect(sure).to_be_focused()
    assert coder.code == WRONG
    coder.button("Reset …").click()
    expect(sure).to_be_hidden()
    coder.button("Reset …").click()
    sure.click()
    assert coder.code == STUB
    page.reload()
    coder = Coder(page)
    assert coder.code == STUB
    coder.write(RIGHT)
    # What comes back makes room for what was written since.
    coder.button("Bring back my code").click()
    assert coder.code == WRONG
    coder.button("Bring back my code").click()
    assert coder.code == RIGHT
    coder.editor.focus()
    page.keyboard.press("Control+Z")
    assert coder.code == WRONG


def test_of_two_tabs_neither_loses_its_code(newcomer: Newcomer):
    context = newcomer()
    first, second = (opened(context.new_page()) for _ in range(2))
    first.page.bring_to_front()
    first.write("mine = 1\n")
    # Nothing was written in the second tab: it follows.
    expect(second.editor).to_contain_text("mine = 1")
    second.page.bring_to_front()
    second.write("theirs = 2\n")
    kept(second.page, "theirs = 2\n")
    # The first has its own: it is asked.
    first.page.bring_to_front()
    notice = first.box.locator(".tabs")
    expect(notice).to_contain_text("Another tab, or a file you loaded")
    assert first.code == "mine = 1\n"
    notice.get_by_role("button", name="Take the other").click()
    assert first.code == "theirs = 2\n"
    first.button("Bring back my code").click()
    assert first.code == "mine = 1\n"
    kept(first.page, "mine = 1\n")
    second.page.bring_to_front()
    expect(second.box.locator(".tabs")).to_contain_text("Another tab")
    second.box.get_by_role("button", name="Keep this one").click()
    kept(second.page, "theirs = 2\n")
    first.page.reload()
    assert Coder(first.page).code == "theirs = 2\n"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (FORBIDDEN, "forbids this page to store anything"),
        (FULL, "storage is full"),
    ],
    ids=["forbidden", "full"],
)
def test_without_storage_it_works_and_says_so(
    script: str, said: str, newcomer: Newcomer
):
    context = newcomer()
    context.add_init_script(script)
    coder = opened(context.new_page())
    coder.write(WRONG)
    coder.button("Reset …").click()
    coder.button("Yes, back to the beginning").click()
    assert coder.code == STUB
    coder.button("Bring back my code").click()
    assert coder.code == WRONG
    alert = coder.page.get_by_role("alert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text(said)


def test_damaged_storage_is_set_aside(newcomer: Newcomer):
    text = json.dumps({"version": 2, "drafts": 7})
    page = newcomer({KEY: text}).new_page()
    coder = opened(page)
    assert coder.code == STUB
    expect(page.get_by_role("alert")).to_contain_text(
        "could not be read"
    )
    coder.write(WRONG)
    kept(page, WRONG)


def test_code_that_is_too_long_to_keep_is_told(newcomer: Newcomer):
    page = newcomer().new_page()
    coder = opened(page)
    coder.write("#" * 20_001)
    limit = coder.box.get_by_text("Only code of up to 20000 characters")
    expect(limit).to_be_visible()
    coder.write(WRONG)
    kept(page, WRONG)
    expect(limit).to_be_hidden()


def test_a_reset_of_code_that_is_too_long_can_be_undone(
    newcomer: Newcomer,
):
    page = newcomer().new_page()
    coder = opened(page)
    long = "#" * 20_001
    coder.write(long)
    coder.button("Reset …").click()
    coder.button("Yes, back to the beginning").click()
    assert coder.code == STUB
    coder.button("Bring back my code").click()
    expect(coder.editor).to_contain_text(long[:1000])
    expect(coder.box.locator(".limit")).to_be_visible()


def test_a_page_brought_back_shows_what_was_loaded_meanwhile(
    newcomer: Newcomer,
):
    """By the browser's Back, as it was left: nobody has told it."""
    page = newcomer().new_page()
    coder = opened(page)
    coder.write(WRONG)
    kept(page, WRONG)
    later = stored(
        drafts=draft(RIGHT, now() + 1000), solved={WARM_UP.id: now()}
    )
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [KEY, later[KEY]],
    )
    assert coder.code == WRONG
    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow',"
        " { persisted: true }))"
    )
    expect(coder.box.locator(".task")).to_contain_text("solved")
    coder.box.get_by_role("button", name="Take the other").click()
    assert coder.code == RIGHT


def test_without_its_editor_a_challenge_says_so(newcomer: Newcomer):
    page = newcomer().new_page()
    page.route("**/challenge.js*", lambda route: route.abort())
    page.goto(ADDRESS)
    box = page.locator(f"#{WARM_UP.id}")
    box.scroll_into_view_if_needed()
    notice = box.get_by_role("alert")
    expect(notice).to_contain_text("The editor could not be loaded")
    expect(box.locator(".stub pre")).to_be_visible()
    page.unroute("**/challenge.js*")
    notice.get_by_role("button", name="Retry").click()
    expect(notice).to_have_count(0)
    assert Coder(page).code == STUB


def test_code_travels_in_the_file_of_the_progress_page(
    newcomer: Newcomer, tmp_path
):
    hostile = "</script><img src=x onerror='window.evil = 1'>\n"
    here = newcomer(
        stored(drafts=draft(hostile), solved={WARM_UP.id: now()})
    ).new_page()
    here.goto(PROGRESS)
    with here.expect_download() as download:
        here.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "saved.json"
    download.value.save_as(file)

    there = newcomer(stored(drafts=draft(WRONG, 5))).new_page()
    there.goto(PROGRESS)
    expect(there.locator(".challenges .solved")).to_have_count(0)
    there.get_by_label("Load a file").set_input_files(file)
    expect(there.locator(".room .verdict[role=status]")).to_have_text(
        "Loaded: 0 reviews and 1 solved challenge added."
    )
    expect(there.locator(".challenges .solved")).to_have_count(1)
    coder = opened(there)
    assert coder.code == hostile
    expect(coder.box.locator(".task")).to_contain_text("solved")
    assert there.evaluate("window.evil") is None

    there.goto(PROGRESS)
    there.get_by_role("button", name="Reset …").click()
    there.get_by_role("button", name="Yes, forget everything").click()
    expect(there.locator(".challenges .solved")).to_have_count(0)
    assert saved(there)["drafts"] == {}
    assert opened(there).code == STUB
