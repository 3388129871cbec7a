"""The cheat sheet as it comes out of the printer."""

import io
import unicodedata
from functools import cache

import pytest
from built_site import Open, soup
from playwright.sync_api import Page
from pypdf import PdfReader

from lossbook import losses

SHEET = "book/interview/cheat_sheet.html"
LOSSES = set(losses.__all__) - {"Loss"}
# A4 less the margins of 10 mm, at 96 px an inch.
PAPER = {"width": 718, "height": 1047}
SMALLEST = 8.5 * 96 / 72  # pt in px


@cache
def cards() -> list[list[str]]:
    """The name of each loss and its lines of code."""
    return [
        [
            card.h3.find(string=True),
            *(code.text for code in card.select("p > code:only-child")),
        ]
        for card in soup(SHEET).select("section:has(> .tag_card)")
    ]


def plain(text: str) -> str:
    """Without spaces, which a PDF does not keep, and ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(page: Page, paper: str) -> list[str]:
    """The text of each page, printed with the margins of the style."""
    pdf = page.pdf(format=paper)
    reader = PdfReader(io.BytesIO(pdf))
    return [plain(sheet.extract_text()) for sheet in reader.pages]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_prints_on_two_pages_with_every_loss_whole(
    paper: str, theme: str, open_page: Open
) -> None:
    sheets = printed(open_page(SHEET, theme).page, paper)
    assert len(sheets) == 2
    assert len(cards()) == len(LOSSES)
    for card in cards():
        assert len(card) > 1
        assert any(
            all(plain(text) in sheet for text in card)
            for sheet in sheets
        ), card


# What scrolls on a screen is cut off on paper.
CUT_OFF = """() => [...document.querySelectorAll("article *:not(svg *)")]
  .filter((e) => e.checkVisibility() && !e.closest(".katex-mathml"))
  .filter((e) => {
    const box = e.closest("section:has(> :is(.tag_card, .tag_aside, ul))");
    const limit = box ? box.getBoundingClientRect().right : innerWidth;
    const scrolls = getComputedStyle(e).overflowX !== "visible";
    return e.getBoundingClientRect().right > limit + 1 ||
      (scrolls && e.scrollWidth > e.clientWidth + 1);
  })
  .map((e) => e.outerHTML.slice(0, 200))"""

# Indices in formulas are smaller; a formula counts by its own size.
TOO_SMALL = """(smallest) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const parent = texts.currentNode.parentElement;
    const element = parent.closest(".katex") ?? parent;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const shown = element.checkVisibility() && !element.closest(".katex-mathml");
    if (text && shown && size < smallest - 0.01) small.push([text, size]);
  }
  return small;
}"""

OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }))
  .filter((e) => !e.closest("article"))
  .filter((e) => !e.querySelector("article"))
  .filter((e) => e.offsetHeight > 0 && e.offsetWidth > 0)
  .map((e) => e.outerHTML.slice(0, 200))"""


def on_paper(open_page: Open) -> Page:
    page = open_page(SHEET, "dark", PAPER).page
    page.emulate_media(media="print")
    return page


def test_nothing_is_cut_off(open_page: Open) -> None:
    assert on_paper(open_page).evaluate(CUT_OFF) == []


def test_it_is_large_enough_to_read(open_page: Open) -> None:
    assert on_paper(open_page).evaluate(TOO_SMALL, SMALLEST) == []


def test_nothing_but_the_sheet_is_printed(open_page: Open) -> None:
    assert on_paper(open_page).evaluate(OUTSIDE) == []


def test_it_prints_dark_on_light_at_night(open_page: Open) -> None:
    page = on_paper(open_page)
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.evaluate(colours, page.query_selector("body")) == [
        "rgb(27, 34, 44)",
        "rgb(255, 255, 255)",
    ]
