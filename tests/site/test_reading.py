"""What a reader does: by keyboard, on a phone, without scripts, at night."""

import re

import pytest
from built_site import PHONE, Open, page_with
from playwright.sync_api import Page, expect

CHAPTER = ".page-toc"


def press_tab_until(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "s => document.activeElement.matches(s)", selector
        ):
            return
    raise AssertionError(f"60 times Tab do not lead to {selector}")


def test_the_first_tab_offers_to_skip_to_the_content(open_page: Open):
    page = open_page(page_with(CHAPTER)).page
    page.keyboard.press("Tab")
    link = page.locator("#pst-skip-link a")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('main') !== null"
    )


def test_the_theme_is_switched_by_keyboard_and_remembered(
    open_page: Open,
):
    page = open_page(page_with(CHAPTER)).page
    press_tab_until(page, ".theme-switch-button")
    page.keyboard.press("Enter")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    ground = page.evaluate(
        "getComputedStyle(document.body).backgroundColor"
    )
    assert sum(map(int, re.findall(r"\d+", ground)[:3])) < 150, ground
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")


def test_a_figure_is_drawn_in_the_colours_of_the_page(open_page: Open):
    page = open_page(
        page_with("article svg[role=img]"), theme="dark"
    ).page
    text = page.locator("article svg[role=img] text").first
    fill = text.evaluate("e => getComputedStyle(e).fill")
    assert fill == page.evaluate(
        "getComputedStyle(document.body).color"
    )


def test_the_search_is_reached_by_keyboard_and_finds_huber(
    open_page: Open,
):
    page = open_page(page_with(CHAPTER)).page
    press_tab_until(page, ".search-button-field")
    page.keyboard.press("Enter")
    expect(page.locator("#pst-search-dialog input")).to_be_focused()
    page.keyboard.type("Huber")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="Huber").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("h1")).to_contain_text("Huber")


def test_the_results_of_a_search_quote_no_tex(open_page: Open):
    page = open_page("search.html?q=gradient").page
    quotes = page.locator("#search-results .context")
    expect(quotes.first).to_be_visible()
    assert not re.search(r"\\[a-z]", " ".join(quotes.all_inner_texts()))


@pytest.mark.parametrize("side", ["primary", "secondary"])
def test_a_sidebar_opens_and_closes_by_keyboard_on_a_phone(
    side, open_page: Open
):
    page = open_page(page_with(CHAPTER), viewport=PHONE).page
    press_tab_until(page, f".{side}-toggle")
    dialog = page.locator(f"#pst-{side}-sidebar-modal")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    expect(dialog.locator("a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(f".{side}-toggle")).to_be_focused()


def test_the_contents_show_where_one_reads(open_page: Open):
    page = open_page(page_with("#implement")).page
    page.locator("#implement h2").evaluate(
        "e => e.scrollIntoView({block: 'start'})"
    )
    expect(
        page.locator(".page-toc a[href='#implement']")
    ).to_have_class(re.compile("active"))


def rows(page: Page) -> list[dict[str, dict[str, float]]]:
    return page.locator(".derivation").first.evaluate(
        """list => [...list.children].map(row => Object.fromEntries(
          ["lhs", "rhs", "why"].map(name => [
            name, row.querySelector("." + name).getBoundingClientRect().toJSON()
          ])
        ))"""
    )


def test_reasons_stand_in_a_column_on_a_wide_page(open_page: Open):
    found = rows(open_page(page_with(".derivation")).page)
    assert len(found) > 1
    assert len({row["rhs"]["left"] for row in found}) == 1
    assert len({row["why"]["left"] for row in found}) == 1
    for row in found:
        assert row["lhs"]["right"] <= row["rhs"]["left"] + 1
        assert row["rhs"]["right"] <= row["why"]["left"] + 1
        assert row["why"]["top"] < row["rhs"]["bottom"]


def test_reasons_stand_under_their_lines_on_a_phone(open_page: Open):
    found = rows(
        open_page(page_with(".derivation"), viewport=PHONE).page
    )
    for row in found:
        assert row["why"]["top"] >= row["rhs"]["bottom"] - 1
        assert row["why"]["right"] <= PHONE["width"]


def test_answers_unfold_without_scripts(open_page: Open):
    path = page_with("details.sd-dropdown")
    page = open_page(path, java_script_enabled=False).page
    answer = page.locator("details.sd-dropdown").first
    expect(answer.locator(".sd-summary-content")).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator(".sd-summary-content")).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator(".theme-switch-button")).to_be_hidden()


def test_code_is_copied_by_its_button(open_page: Open):
    page = open_page(
        page_with(".cell_input .highlight"),
        permissions=["clipboard-read", "clipboard-write"],
    ).page
    blocks = page.locator(".cell_input .highlight")
    block = blocks.filter(visible=True).first
    block.hover()
    button = block.locator(".copybtn")
    button.click()
    expect(button).to_have_attribute("data-tooltip", "Copied!")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("pre").inner_text().strip()


def test_what_holds_up_the_page_is_one_script(open_page: Open):
    page = open_page(page_with(CHAPTER)).page
    waited_for = page.locator("script[src]:not([defer], [type=module])")
    expect(waited_for).to_have_count(1)
