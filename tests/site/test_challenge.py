"""From edit to verdict, with Python in the browser for real.

Pyodide comes from npm's package, served as if by another host.
"""

import re
from collections.abc import Iterator

import pytest
from built_site import ROOT
from challenge import (
    ADDRESS,
    PATIENCE,
    RIGHT,
    WARM_UP,
    WRONG,
    Coder,
    opened,
)
from conftest import Newcomer
from playwright.sync_api import Page, expect
from python_host import PythonHost, SiteServer, serving
from quiz import PROGRESS, keep_focus, saved, tab_to

from lossbook.site.pyodide import DEFAULT

STUB = WARM_UP.stub


@pytest.fixture
def host() -> Iterator[PythonHost]:
    with serving(PythonHost()) as started:
        yield started


@pytest.fixture
def site(host: PythonHost) -> Iterator[SiteServer]:
    with serving(SiteServer(host.address)) as started:
        yield started


@pytest.fixture
def page(newcomer: Newcomer, site: SiteServer) -> Page:
    return newcomer(base_url=site.address).new_page()


def test_from_edit_to_verdict(
    page: Page, site: SiteServer, host: PythonHost
):
    elsewhere: list[str] = []
    page.context.on(
        "request",
        lambda request: (
            request.url.startswith(site.address)
            or elsewhere.append(request.url)
        ),
    )
    coder = opened(page)
    assert coder.code == STUB
    host_name = host.address.split("/")[2]
    expect(coder.box.locator(".first")).to_have_text(
        f"Run downloads about 5.5 MB from {host_name} the first time."
    )
    coder.write(WRONG)
    assert elsewhere == []
    assert host.asked == []

    # Wrong: case, place, both values and what it means.
    assert re.fullmatch(
        r"Not yet: \d of \d checks failed\.", coder.run()
    )
    assert "pyodide.asm.wasm" in host.asked
    assert all(url.startswith(host.address) for url in elsewhere)
    failed = coder.box.locator(".checks .wrong").first
    expect(failed).to_contain_text("small residuals")
    rows = dict(
        zip(
            failed.locator("dt").all_inner_texts(),
            failed.locator("dd").all_inner_texts(),
            strict=True,
        )
    )
    assert rows["Case"] == "r = 0.5"
    assert rows["Index"].startswith("[1]")
    assert rows["Got"].replace("−", "-") == "-0.5"
    assert rows["Expected"] == "0.5"
    expect(failed.locator(".means")).to_contain_text("sign is flipped")
    passed = coder.box.locator(".checks .right").first
    expect(passed.locator("*")).to_have_count(2)  # only its title
    expect(coder.box.locator(".first")).to_be_hidden()
    assert saved(page)["solved"] == {}

    # What does not compile: the line is named and marked.
    verdict = coder.run("def huber(r, delta=1.0):\n    return r +\n")
    assert verdict.startswith("It does not run: SyntaxError")
    assert verdict.endswith("(line 2).")
    marked = coder.box.locator(".cm-line.marked")
    expect(marked).to_have_text("    return r +")
    coder.button("Go to line 2").click()
    expect(coder.editor).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" 1")
    expect(marked).to_have_count(0)
    assert coder.code == "def huber(r, delta=1.0):\n    return r + 1\n"

    # An exception at a call, at the reader's own line.
    coder.run(
        "def huber(r, delta=1.0):\n\n    return r / (delta - 1)\n"
    )
    expect(marked).to_have_text("    return r / (delta - 1)")
    expect(coder.box.locator(".checks")).to_contain_text(
        "ZeroDivisionError"
    )

    # What is missing, with its name set as code; and no empty box.
    coder.run("def hubber(r, delta=1.0):\n    return r, r\n")
    names = coder.verdict.locator("code")
    assert names.all_inner_texts() == ["huber", "hubber"]
    expect(coder.box.locator(".results > *")).to_have_count(0)

    # Prints, apart from the verdict; and all of it is text.
    evil = "<img src=x onerror='window.evil = 1'>"
    coder.run(f'print("{evil}")\n' + WRONG)
    output = coder.box.locator(".output")
    expect(output).to_contain_text(evil)
    expect(coder.verdict).not_to_contain_text("img")
    coder.run(f'raise ValueError("{evil}")\n')
    expect(coder.verdict).to_contain_text(evil)
    assert coder.box.locator("img").count() == 0
    assert page.evaluate("window.evil") is None

    # Right, and remembered.
    many = len(host.asked)
    assert coder.run(RIGHT).startswith("Right: ")
    assert coder.box.locator(".checks .wrong").count() == 0
    expect(coder.box.locator(".task")).to_contain_text("solved")
    assert [*saved(page)["solved"]] == [WARM_UP.id]
    assert len(host.asked) == many, "Python was fetched again"
    page.goto(PROGRESS)
    solved = page.locator(".challenges .solved")
    expect(solved).to_have_text(f"{WARM_UP.title} solved")
    solved.get_by_role("link").click()
    expect(page.locator(f"#{WARM_UP.id} .task")).to_contain_text(
        "solved"
    )


def test_an_endless_loop_is_stopped_and_the_next_run_works(page: Page):
    page.clock.install()
    coder = opened(page)
    coder.write("while True:\n    pass\n")
    coder.button("Run").click()
    expect(coder.stage).to_have_text("Running", timeout=PATIENCE)
    page.clock.fast_forward(9_000)
    expect(coder.stage).to_have_text("Running")
    page.clock.fast_forward(1_001)
    assert coder.judged() == (
        "Stopped after 10 seconds. Is there a loop that never ends?"
    )
    # Also by hand, before that.
    coder.button("Run").click()
    expect(coder.stage).to_have_text("Running", timeout=PATIENCE)
    coder.button("Stop").click()
    assert coder.judged() == "Stopped."
    expect(coder.box.locator(".first")).to_be_hidden()
    expect(coder.button("Run")).to_be_focused()
    assert coder.run(RIGHT).startswith("Right: ")


def test_a_failed_download_is_told_and_can_be_repeated(
    page: Page, host: PythonHost
):
    coder = opened(page)
    coder.write(RIGHT)
    press = coder.button("Run")
    for name in (
        "pyodide.mjs",
        "pyodide.asm.js",
        "python_stdlib.zip",
        "pyodide.asm.wasm",
    ):
        host.missing = name
        press.click()
        said = coder.judged()
        assert said.startswith("Python could not be started from"), name
        assert name in said
        assert "Your code is kept" in said
        assert coder.code == RIGHT
        press = coder.button("Retry")
    host.missing = ""
    for name in ("pyodide.asm.wasm", "python_stdlib.zip"):
        host.cut_off = name
        press.click()
        assert "could not be started" in coder.judged(), name
    host.cut_off = ""
    # And what the site itself does not give.
    page.context.route("**/*.whl", lambda route: route.abort())
    press.click()
    assert coder.judged().startswith("Python could not be started")
    page.context.unroute("**/*.whl")
    press.click()
    keep_focus(page)
    assert coder.judged().startswith("Right: ")
    expect(coder.button("Retry")).to_have_count(0)


def test_without_the_network_what_was_loaded_still_runs(page: Page):
    coder = opened(page)
    coder.run(WRONG)
    page.context.set_offline(True)
    assert coder.run(RIGHT).startswith("Right: ")
    # Stopped, it has to begin again, and cannot.
    coder.write("while True:\n    pass\n")
    coder.button("Run").click()
    expect(coder.stage).to_have_text("Running")
    coder.button("Stop").click()
    assert "could not be started" in coder.run(RIGHT)
    page.context.set_offline(False)
    coder.button("Retry").click()
    keep_focus(page)
    assert coder.judged().startswith("Right: ")


def test_the_judge_is_as_new_as_the_site(page: Page, site: SiteServer):
    """However long the site's server lets browsers keep its files."""
    site.caching = "max-age=31536000, immutable"
    for _visit in range(2):
        assert opened(page).run(RIGHT).startswith("Right: ")
    assert site.asked.count("lossbook.whl") == 2
    assert site.asked.count(f"{WARM_UP.id}.json") == 2
    # It does keep what need not be asked for again.
    assert site.asked.count("worker.js") == 1


def test_by_keyboard_alone(page: Page):
    coder = opened(page)
    coder.box.evaluate("e => { e.tabIndex = -1; e.focus(); }")
    tab_to(coder.editor)
    page.keyboard.press("Control+A")
    page.keyboard.type("import math\n\n\ndef huber(r, delta=1.0):\n")
    # The editor has indented the line, and closes what is opened.
    page.keyboard.type("return max(r")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(coder.editor).not_to_be_focused()
    expect(coder.button("Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(coder.editor).to_be_focused()
    assert coder.code.endswith(
        "def huber(r, delta=1.0):\n    return max(r)"
    )
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert coder.code.endswith("\n        return max(r)")
    page.keyboard.press("Shift+Tab")
    assert coder.code.endswith("\n    return max(r)")

    page.keyboard.press("Control+Enter")
    expect(coder.editor).to_be_focused()
    assert coder.judged()
    expect(coder.editor).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(RIGHT)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(coder.button("Run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(coder.verdict).to_have_text(re.compile("^Right: "))
    expect(coder.button("Run")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sure = coder.button("Yes, back to the beginning")
    expect(sure).to_be_focused()
    page.keyboard.press("Enter")
    keep_focus(page)
    assert coder.code == STUB
    expect(coder.button("Bring back my code")).to_be_focused()
    page.keyboard.press("Enter")
    keep_focus(page)
    assert coder.code == RIGHT


SELF = "default-src 'self'; style-src 'self' 'unsafe-inline'"
README = (ROOT / "README.md").read_text(encoding="utf-8")
[WITH_PYTHON] = re.findall(
    r"^Content-Security-Policy: (.*)", README, re.M
)
WITH_PYTHON = WITH_PYTHON.replace(DEFAULT, "{0}")


@pytest.mark.parametrize(
    ("policy", "lacks"),
    [
        (SELF, "pyodide.mjs (script-src-elem)"),
        (
            WITH_PYTHON.replace(" 'wasm-unsafe-eval'", ""),
            "WebAssembly (script-src)",
        ),
        (
            WITH_PYTHON.replace("connect-src 'self' {0}", ""),
            "(connect-src)",
        ),
        (WITH_PYTHON, ""),
    ],
    ids=["strict", "no WebAssembly", "no downloads", "with Python"],
)
def test_under_a_policy_it_runs_or_says_what_is_missing(
    policy: str,
    lacks: str,
    page: Page,
    site: SiteServer,
    host: PythonHost,
):
    site.policy = policy.format(host.address)
    coder = opened(page)
    coder.write(WRONG)
    keyword = coder.box.locator(".tok-keyword").first
    assert keyword.evaluate("e => getComputedStyle(e).color") != (
        coder.editor.evaluate("e => getComputedStyle(e).color")
    )
    said = coder.run(RIGHT)
    if lacks:
        assert "Content-Security-Policy does not allow" in said
        assert lacks in said
    else:
        assert said.startswith("Right: ")
    assert coder.code == RIGHT
    page.reload()
    assert Coder(page).code == RIGHT


def test_the_sites_own_copy_of_python(page: Page, site: SiteServer):
    """A path is seen from the site's root, wherever the page lies."""
    site.pyodide = "own/pyodide/"
    asked: list[str] = []
    page.context.on(
        "request", lambda request: asked.append(request.url)
    )
    said = opened(page).run(RIGHT)
    assert said.startswith("Python could not be started")
    assert f"{site.address}/own/pyodide/pyodide.mjs" in asked


def test_it_is_loaded_when_it_is_near_and_python_when_it_is_run(
    page: Page,
):
    asked: list[str] = []
    page.context.on(
        "request",
        lambda request: asked.append(request.url.split("/")[-1]),
    )
    page.goto(ADDRESS)
    page.wait_for_load_state("networkidle")
    assert "chapter.js" in asked
    assert "challenge.js" not in asked
    Coder(page)
    page.wait_for_load_state("networkidle")
    assert "challenge.js" in asked
    assert "worker.js" not in asked
    assert len(page.workers) == 0
