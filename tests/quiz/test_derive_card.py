"""The card that judges typed formulas, in a browser and with a strict policy."""

import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from typed_questions import QUESTIONS

from lossbook.practice.points import points
from lossbook.site.paths import ROOT, WEB
from lossbook.site.scripts import bundle

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(
    encoding="utf-8"
)
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"
PAGE = """<!doctype html>
<html lang="en"><title>A card</title>
<main><h1>A card</h1>
<article class="card" id="card" data-points="{points}">
<div class="prompt"><p>Write it.</p></div>
<details><summary>Answer</summary>
<ul class="mistakes" hidden>{whys}</ul></details>
</article></main>
<script type="module" src="start.js"></script>
</html>"""
START = """
import { mount } from "./derive.js";
window.done = [];
mount(document.getElementById("card"), {
  silent: false,
  settle: (right) => done.push(right),
});
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("card")
    bundle([WEB / "quiz" / "derive.js"], folder)
    made = points(QUESTIONS["huber"])
    page = PAGE.format(
        points=escape(json.dumps(made.json())),
        whys="".join(f"<li><p>{why}</p></li>" for why in made.whys),
    )
    Path(folder, "start.js").write_text(START, encoding="utf-8")
    Path(folder, "index.html").write_text(page, encoding="utf-8")
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=folder)
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def card(browser: Browser, address: str) -> Iterator[Page]:
    """A page with one card; whatever its console says is an error."""
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text)
            if "favicon" not in message.location["url"]
            else None
        ),
    )
    page.goto(address)
    page.get_by_label("Your formula").wait_for()
    yield page
    assert problems == []
    context.close()


def submit(page: Page, text: str) -> str:
    page.get_by_label("Your formula").fill(text)
    page.get_by_role("button", name="Check").click()
    return page.get_by_role("status").inner_text()


def done(page: Page) -> list[bool]:
    return page.evaluate("done")


def test_right(card: Page):
    # That it is right, whoever asks says: once is enough.
    assert submit(card, "r if |r|<d else d*sign(r)") == ""
    assert done(card) == [True]


def test_wrong_says_where_and_why(card: Page):
    said = submit(card, "-r if |r|<d else -d*sign(r)")
    first = points(QUESTIONS["huber"]).at[0]
    r, delta = (f"{number:g}".replace("-", "−") for number in first)
    assert f"At r = {r}, δ = {delta}, yours is −2" in said
    assert "it should be 2" in said
    assert "The sign is flipped" in said
    assert done(card) == [False]


def test_a_listed_mistake_is_told_in_its_words(card: Page):
    assert "That is MAE's gradient" in submit(card, "sign(r)")


def test_an_unknown_mistake_is_not_explained(card: Page):
    said = submit(card, "delta")
    assert said.startswith("At r = ")
    assert len(said.splitlines()) == 1


def test_unreadable_counts_for_nothing_and_says_where(card: Page):
    said = submit(card, "r + foo(d)")
    assert said == "I don't know the name foo; you can use r, delta."
    assert done(card) == []
    chosen = "getSelection().toString()"
    assert card.evaluate(chosen) == "foo"
    assert card.locator(".preview mark").inner_text() == "foo"
    assert card.locator(".preview").inner_text() == "r + foo(d)"


def test_no_value_counts_for_nothing(card: Page):
    assert "has no value" in submit(card, "clip(sqrt(r)^2, -d, d)")
    assert done(card) == []


def test_by_keyboard_alone(card: Page):
    card.keyboard.press("Tab")
    card.keyboard.type("r")
    card.keyboard.type(" + ")
    card.keyboard.press("Enter")
    assert done(card) == []
    card.keyboard.press("Control+A")
    card.keyboard.type("clip(r, -d, d)")
    assert card.get_by_role("status").inner_text() == ""
    card.keyboard.press("Tab")
    card.keyboard.press("Space")
    assert done(card) == [True]


def test_only_the_first_judgement_counts(card: Page):
    submit(card, "r")
    assert card.get_by_role("button", name="Check").is_disabled()
    assert card.locator("details").get_attribute("open") is not None
    assert done(card) == [False]


def test_what_was_typed_is_text(card: Page):
    submit(card, "<img src=x onerror=done.push(1)>")
    preview = card.locator(".preview")
    assert preview.locator("img").count() == 0
    assert "<img" in preview.inner_text()
    assert done(card) == []


# What stands in MathML, without what is invisible; [a over b], a^[b],
# a_[b], √[a], and cases as {value; condition | …}.
SKELETON = """() => {
  const of = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return node.data.replace(/[\\u2061\\u2062]/g, "");
    }
    const parts = [...node.childNodes].map(of);
    switch (node.localName) {
      case "mfrac": return `[${parts[0]} over ${parts[1]}]`;
      case "msup": return `${parts[0]}^[${parts[1]}]`;
      case "msub": return `${parts[0]}_[${parts[1]}]`;
      case "msqrt": return `√[${parts.join("")}]`;
      case "mtable": return parts.join(" | ");
      case "mtr": return parts.join("; ");
      default: return parts.join("");
    }
  };
  return of(document.querySelector(".preview math"));
}"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2r", "2r"),
        ("r*2", "r·2"),
        ("r^2/2", "[r^[2] over 2]"),
        ("½ r²", "½r^[2]"),
        ("-r^2", "−r^[2]"),
        ("(-r)^2", "(−r)^[2]"),
        ("-(r+d)", "−(r+δ)"),
        ("r^-d", "r^[−δ]"),
        ("(r+d)(r-d)", "(r+δ)(r−δ)"),
        ("r-(d-1)", "r−(δ−1)"),
        ("(r-d)-1", "r−δ−1"),
        ("r-(-d)", "r−(−δ)"),
        ("r(d/2)", "r[δ over 2]"),
        ("(r/d)^2", "([r over δ])^[2]"),
        ("||r|-d|", "||r|−δ|"),
        ("sqrt(r+1)", "√[r+1]"),
        ("σ(r)", "σ(r)"),
        ("max(-d, min(d, r))", "max(−δ,min(δ,r))"),
        ("e^(-r)", "e^[−r]"),
        ("2 pi", "2π"),
        ("-d<=r<d", "−δ≤r<δ"),
        (
            "r if |r|<d else d if r>0 else -d",
            "r; if\u00a0|r|<δ | δ; if\u00a0r>0 | −δ; otherwise",
        ),
        ("2(r if r<d else d)", "2(r; if\u00a0r<δ | δ; otherwise)"),
        ("(r<d)*r", "(r<δ)r"),
    ],
)
def test_the_preview_shows_what_was_understood(card: Page, text, shown):
    card.get_by_label("Your formula").fill(text)
    assert card.evaluate(SKELETON) == shown


def test_axe_finds_nothing(card: Page):
    submit(card, "sign(r)")
    # Not as a script element: the policy would refuse that.
    card.evaluate(AXE)
    result = card.evaluate("axe.run({resultTypes: ['violations']})")
    assert [one["id"] for one in result["violations"]] == []
