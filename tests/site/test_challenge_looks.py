"""A challenge in every state: axe, a phone's width; and without scripts."""

from functools import partial

import pytest
from built_site import PHONE, WIDE, soup
from challenge import ADDRESS, RIGHT, WARM_UP, WRONG, opened
from conftest import Newcomer
from playwright.sync_api import expect
from python_host import PythonHost, SiteServer, serving
from test_quiz_looks import Look


@pytest.mark.parametrize(
    ("theme", "viewport"),
    [("light", WIDE), ("dark", PHONE)],
    ids=["light", "dark on a phone"],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    theme: str, viewport: dict[str, int], newcomer: Newcomer
):
    with (
        serving(PythonHost()) as host,
        serving(SiteServer(host.address)) as site,
    ):
        page = newcomer(
            base_url=site.address, color_scheme=theme, viewport=viewport
        ).new_page()
        look = partial(Look(page).at, part=f"#{WARM_UP.id}")
        coder = opened(page)
        look("untouched")
        host.missing = "pyodide.mjs"
        coder.run(WRONG)
        look("no Python")
        host.missing = ""
        coder.button("Retry").click()
        assert coder.judged().startswith("Not yet")
        look("wrong")
        coder.run('print("word " * 200)\nprint("-" * 900)\n' + WRONG)
        look("with output")
        coder.run("def huber(r, delta=1.0):\n    return " + "(" * 99)
        look("a syntax error")
        coder.run(RIGHT)
        coder.button("Reset …").click()
        look("before a reset")
        coder.button("Yes, back to the beginning").click()
        look("after a reset")


def test_colours_follow_the_theme_at_once(newcomer: Newcomer):
    page = newcomer(color_scheme="light").new_page()
    coder = opened(page)
    coder.write(WRONG)
    shown = coder.box.locator(".cm-editor, .tok-keyword").filter(
        visible=True
    )

    def colours() -> list[str]:
        return shown.evaluate_all(
            "all => all.slice(0, 2).flatMap((e) => [getComputedStyle(e)"
            ".color, getComputedStyle(e).backgroundColor])"
        )

    light = colours()
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = colours()
    assert light[0] != dark[0]
    assert light[1] != dark[1]
    assert light[2] != dark[2]


def test_on_a_phone_it_can_be_typed_and_pressed(newcomer: Newcomer):
    page = newcomer(viewport=PHONE).new_page()
    coder = opened(page)
    size = coder.editor.evaluate("e => getComputedStyle(e).fontSize")
    assert size == "16px"  # less, and iOS zooms in
    for button in coder.box.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        if button.inner_text():  # not the one that copies
            assert box["height"] >= 44


def test_without_scripts_all_of_it_can_be_read(newcomer: Newcomer):
    page = newcomer(
        java_script_enabled=False, viewport=PHONE
    ).new_page()
    page.goto(ADDRESS)
    box = page.locator(f"#{WARM_UP.id}")
    expect(box.get_by_role("heading")).to_have_text(WARM_UP.title)
    expect(box.locator(".prompt")).to_contain_text("Huber")
    expect(box.locator(".stub pre")).to_have_text(WARM_UP.stub.rstrip())
    expect(box.get_by_role("button")).to_have_count(0)
    folded = box.locator("details")
    expect(folded).to_have_count(4)
    for details in folded.all():
        inside = details.locator(":scope > :not(summary)").first
        expect(inside).to_be_hidden()
        details.locator("summary").click()
        expect(inside).to_be_visible()
    expect(folded.last.locator("pre")).to_have_text(RIGHT.rstrip())


def test_every_challenge_of_a_chapter_is_on_its_page(path: str):
    """And the judge's cases for each lie beside the scripts."""
    from built_site import SITE

    for box in soup(path).select(".challenge"):
        cases = SITE / f"_static/lossbook/challenges/{box['id']}.json"
        assert cases.is_file()
