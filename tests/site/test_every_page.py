"""What must hold on every page, those of future chapters included."""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlparse

import pytest
from built_site import PHONE, ROOT, SITE, WIDE, Open, ids, soup

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(
    encoding="utf-8"
)

# At most 250 KB gzip and 25 requests; a page with a quiz may have 300.
HEAVIEST = 230_000
MOST_REQUESTS = 25
SMALLEST = 320  # of the phones in use, and 1280 magnified four times

TEX = re.compile(r"\$|\\[a-zA-Z]+|\\\\|\^\{|_\{")


UNFOLD = """
for (const details of document.querySelectorAll("details")) {
  details.open = true;
}
"""

# All that one can read of an article, folded or not.
TEXT = """() => {
  const article = document.querySelector("main").cloneNode(true);
  const others = "pre, code, .katex-mathml, svg, script, style";
  article.querySelectorAll(others).forEach((e) => e.remove());
  return article.textContent;
}"""

CUT_OFF = """() => {
  const scrolls = (element) =>
    element !== null &&
    (["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
      scrolls(element.parentElement));
  return [...document.querySelectorAll("article *:not(svg *)")]
    .filter((e) => e.checkVisibility() && !e.closest(".katex-mathml"))
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => !scrolls(e))
    .map((e) => e.outerHTML.slice(0, 200));
}"""


def test_a_first_visit_is_light_and_stays_on_the_site(
    path, open_page: Open, address
):
    visit = open_page(path)
    assert visit.problems == []
    statuses = {
        r.url: r.status for r in visit.responses if r.status != 200
    }
    assert statuses == {}
    elsewhere = [
        r.url
        for r in visit.responses
        if not r.url.startswith((address, "data:"))
    ]
    assert elsewhere == []
    fetched = [
        r for r in visit.responses if not r.url.startswith("data:")
    ]
    assert len(fetched) <= MOST_REQUESTS
    assert visit.weight() <= HEAVIEST


UNREACHABLE = """() => [...document.querySelectorAll("article *")]
  .filter((e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
  .filter((e) => e.scrollWidth > e.clientWidth && e.checkVisibility())
  .filter((e) => e.tabIndex < 0)
  .map((e) => e.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize(
    ("theme", "viewport"),
    [("light", WIDE), ("dark", WIDE), ("dark", PHONE)],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing(path, theme, viewport, open_page: Open):
    page = open_page(path, theme, viewport).page
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    violations = [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    assert violations == []
    assert (
        page.evaluate("document.documentElement.dataset.theme") == theme
    )


@pytest.mark.parametrize("width", [PHONE["width"], SMALLEST])
def test_nothing_is_wider_than_a_phone(
    path, width: int, open_page: Open
):
    page = open_page(path, viewport=PHONE | {"width": width}).page
    assert (
        page.evaluate("document.documentElement.scrollWidth") == width
    )
    # What is cut off by a box that does not scroll makes no page scroll.
    assert page.evaluate(CUT_OFF) == []


def test_what_scrolls_sideways_is_reached_by_keyboard(
    path, open_page: Open
):
    page = open_page(path, viewport=PHONE).page
    assert page.evaluate(UNREACHABLE) == []


def test_it_has_one_heading_and_a_title(path):
    page = soup(path)
    (heading,) = page.find_all("h1")
    text = heading.get_text().replace("#", "").strip()
    assert page.html["lang"] == "en"
    assert "Loss Functions by Hand" in page.title.get_text()
    assert text


def test_every_picture_has_a_name(path):
    for picture in soup(path).find_all(["svg", "img"]):
        if picture.find_parent(
            class_="katex"
        ):  # KaTeX hides them from readers aloud
            continue
        named = picture.get("aria-label") or picture.get("alt")
        hidden = (
            picture.get("aria-hidden") == "true"
            or picture.get("alt") == ""
        )
        assert named or hidden, str(picture)[:200]


def test_no_tex_is_left_to_read(path, open_page: Open):
    page = open_page(path).page
    text = page.evaluate(TEXT)
    assert TEX.findall(text) == []


def test_every_link_leads_somewhere(path):
    links = [
        element[attribute]
        for attribute in ("href", "src")
        for element in soup(path).find_all(attrs={attribute: True})
    ]
    assert links
    for link in links:
        if urlparse(link).scheme:
            continue
        target, fragment = urldefrag(urljoin(f"/{path}", link))
        file = urlparse(target).path.lstrip("/")
        assert (SITE / file).is_file(), link
        if fragment:
            assert fragment in ids(file), link


def test_the_notebook_can_be_downloaded(
    path, open_page: Open, tmp_path: Path
):
    has_code = soup(path).find(class_="cell_input") is not None
    page = open_page(path).page
    buttons = page.locator("a.download-notebook")
    assert buttons.count() == has_code
    if has_code:
        with page.expect_download() as download:
            buttons.click()
        assert (
            download.value.suggested_filename
            == f"{Path(path).stem}.ipynb"
        )
        download.value.save_as(tmp_path / "saved.ipynb")
        notebook = json.loads(
            (tmp_path / "saved.ipynb").read_text(encoding="utf-8")
        )
        assert notebook["nbformat"] == 4
        assert any(
            cell["cell_type"] == "code" for cell in notebook["cells"]
        )
