"""The explorers in a browser: moved by slider, mouse, touch and keys."""

import re
from collections.abc import Callable

import pytest
from built_site import PHONE, ROOT, WIDE, Open, pages, soup
from conftest import Newcomer
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lossbook.losses import MAE, MSE, HuberLoss, LogCosh, Loss
from lossbook.practice.explore import values
from lossbook.practice.explorers import EXPLORERS, load

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(
    encoding="utf-8"
)
HUBER = "/book/regression/huber.html"
CHAPTERS = [
    path
    for path in pages()
    if path.startswith(("book/regression/", "book/classification/"))
]


def page_of(slug: str) -> str:
    """The first page that has this explorer."""
    return next(
        f"/{path}"
        for path in pages()
        if soup(path).select_one(f'[data-explore="{slug}"]')
    )


class Figure:
    """An explorer in a page, scrolled to and live."""

    def __init__(self, page: Page, slug: str = "huber") -> None:
        self.page = page
        self.element = page.locator(f'[data-explore="{slug}"]')
        self.handle = self.element.get_by_role("slider", name="Point")
        self.panel = self.element.locator(".panel")
        self.at = self.element.locator(".at")
        self.status = self.element.get_by_role("status")

    def begin(self) -> "Figure":
        self.element.scroll_into_view_if_needed()
        expect(self.element).to_have_class(re.compile(r"\blive\b"))
        return self

    def slider(self, label: str) -> Locator:
        return self.panel.get_by_label(label)

    def has(self, label: str, loss: str, slope: str) -> None:
        """The row holds these, at the latest when a frame is drawn."""
        row = self.element.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=label)
        )
        expect(row.get_by_role("cell")).to_have_text([loss, slope])

    def check(self, label: str, loss: Loss, r: float) -> None:
        """The row holds what the class says of a residual."""
        value, slope = loss.loss([r], [0.0]), loss.grad([r], [0.0])[0]
        self.has(label, written(value), written(slope))

    def place(self, r: float, plot: int = 0) -> tuple[float, float]:
        """Where a residual is on the screen, half way up the plot."""
        over = self.element.locator(".u-over").nth(plot)
        box = over.bounding_box()
        assert box
        x = box["x"] + (r + 5) / 10 * box["width"]
        # A click is at a whole pixel.
        return round(x), box["y"] + box["height"] / 2

    def grip(self, plot: int = 0) -> tuple[float, float]:
        """The middle of the handle on the screen."""
        box = self.element.locator(".handle").nth(plot).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def written(value: float) -> str:
    text = f"{value:.3g}" if abs(value) < 1e-2 else f"{value:.4g}"
    if 0 < abs(value) < 1e-3:
        digits, power = f"{value:.2e}".split("e")
        text = f"{float(digits):g}e{int(power)}"
    return text.replace("-", "−")


Open1 = Callable[..., Figure]


@pytest.fixture
def huber(newcomer: Newcomer) -> Open1:
    def begin(**options: object) -> Figure:
        page = newcomer(**options).new_page()
        page.goto(HUBER)
        return Figure(page).begin()

    return begin


def test_every_chapter_of_a_loss_has_one() -> None:
    assert len(CHAPTERS) >= 13
    for path in CHAPTERS:
        assert soup(path).select_one(".explore"), path


def test_it_is_loaded_when_the_reader_comes_near(
    open_page: Open,
) -> None:
    visit = open_page(HUBER[1:])

    def fetched() -> list[str]:
        urls = [response.url for response in visit.responses]
        return [u for u in urls if "/explore" in u]

    assert visit.page.evaluate("scrollY") == 0
    assert fetched() == []
    Figure(visit.page).begin()
    assert len(fetched()) == 2
    assert visit.problems == []


@pytest.mark.parametrize(
    "viewport", [WIDE, PHONE], ids=["wide", "phone"]
)
@pytest.mark.parametrize("slug", EXPLORERS)
def test_it_begins_as_it_was_declared(
    slug: str, viewport: dict[str, int], newcomer: Newcomer
) -> None:
    page = newcomer(viewport=viewport).new_page()
    page.goto(page_of(slug))
    figure = Figure(page, slug)
    height = "e => e.offsetHeight"
    before = figure.element.evaluate(height)
    figure.begin()
    assert figure.element.evaluate(height) == before
    explorer = load(slug)
    axis = explorer.axis
    expect(figure.at).to_have_text(
        f"{axis.symbol} = {written(axis.start)}"
    )
    rows = figure.element.locator("tbody tr").all()
    for row, curve in zip(rows, explorer.curves, strict=True):
        expected = ["", ""]
        if curve.shown:
            expected = [
                written(values(explorer, expr, [axis.start])[0])
                for expr in (curve.loss, curve.gradient)
            ]
        expect(row.get_by_role("cell")).to_have_text(expected)
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0


def test_the_slider_changes_the_curve_and_the_numbers(
    huber: Open1,
) -> None:
    figure = huber()
    before = picture(figure)
    figure.check("Huber", HuberLoss(1), 3)
    figure.slider("threshold δ").fill("0.5")
    expect(figure.element.locator(".value")).to_have_text("0.5")
    figure.check("Huber", HuberLoss(0.5), 3)
    assert picture(figure) != before
    figure.slider("threshold δ").press("ArrowRight")
    expect(figure.element.locator(".value")).to_have_text("0.6")
    figure.check("Huber", HuberLoss(0.6), 3)


def picture(figure: Figure) -> str:
    text: str = figure.element.locator("canvas").first.evaluate(
        "e => e.toDataURL()"
    )
    return text


def test_keys_move_the_point(huber: Open1) -> None:
    figure = huber()
    figure.handle.focus()
    for key, place in (
        ("ArrowRight", 3.05),
        ("ArrowUp", 3.1),
        ("ArrowLeft", 3.05),
        ("ArrowDown", 3),
        ("PageDown", 2.5),
        ("PageUp", 3),
        ("Home", -5),
        ("ArrowLeft", -5),
        ("End", 5),
        ("ArrowRight", 5),
    ):
        figure.page.keyboard.press(key)
        expect(figure.at).to_have_text(f"r = {written(place)}")
        expect(figure.handle).to_have_attribute(
            "aria-valuetext", f"r = {written(place)}"
        )
        expect(figure.handle).to_have_attribute(
            "aria-valuenow", f"{place:g}"
        )
        figure.check("Huber", HuberLoss(), place)
        figure.check("MSE", MSE(), place)
        figure.check("MAE", MAE(), place)


@pytest.mark.parametrize("plot", [0, 1], ids=["loss", "gradient"])
def test_the_mouse_drags_the_point(plot: int, huber: Open1) -> None:
    figure = huber()
    mouse = figure.page.mouse
    mouse.move(*figure.grip(plot))
    mouse.down()
    mouse.move(*figure.place(-3, plot), steps=5)
    expect(figure.at).to_have_text("r = −3")
    figure.check("Huber", HuberLoss(), -3)
    # Beyond the plot it stays at the end.
    x, y = figure.place(5, plot)
    mouse.move(x + 100, y, steps=3)
    expect(figure.at).to_have_text("r = 5")
    mouse.up()
    mouse.move(*figure.place(0, plot))
    expect(figure.at).to_have_text("r = 5")
    # A click puts it there.
    mouse.click(*figure.place(1, plot))
    expect(figure.at).to_have_text("r = 1")


def touch(page: Page, *path: tuple[float, float]) -> None:
    """One finger along a path."""
    session = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(path) - 1)]
    for kind, (x, y) in zip(kinds, path, strict=True):
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y}]},
        )
    session.send(
        "Input.dispatchTouchEvent",
        {"type": "touchEnd", "touchPoints": []},
    )


def test_a_finger_drags_the_point_and_scrolls_the_page(
    huber: Open1,
) -> None:
    figure = huber(viewport=PHONE, has_touch=True, is_mobile=True)
    page = figure.page
    figure.element.locator(".plots").evaluate(
        "e => e.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    before = page.evaluate("scrollY")
    x, y = figure.grip()
    goal, _ = figure.place(4)
    touch(page, (x, y), (x + 10, y + 30), (goal, y + 60))
    expect(figure.at).to_have_text("r = 4")
    figure.check("Huber", HuberLoss(), 4)
    assert page.evaluate("scrollY") == before
    # Beside the handle the page scrolls, and the point stays.
    x, y = figure.place(-3)
    touch(page, (x, y), (x, y - 40), (x, y - 120))
    page.wait_for_function(
        "before => scrollY > before + 50", arg=before
    )
    expect(figure.at).to_have_text("r = 4")
    size = "e => Math.min(e.offsetWidth, e.offsetHeight)"
    handle = figure.element.locator(".handle").first
    assert handle.evaluate(size) >= 44


def test_everything_to_press_is_large_enough(huber: Open1) -> None:
    figure = huber(viewport=PHONE)
    for target in figure.element.locator(
        "label:has(input), input[type=range], button"
    ).all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44


def test_neighbours_are_switched_on_and_off(huber: Open1) -> None:
    figure = huber()
    figure.has("log-cosh", "", "")
    before = picture(figure)
    figure.panel.get_by_label("log-cosh").check()
    expect(figure.element.locator("tbody tr").last).to_contain_text(
        "2.309"
    )
    figure.check("log-cosh", LogCosh(), 3)
    after = picture(figure)
    assert after != before
    figure.panel.get_by_label("MSE").uncheck()
    expect(
        figure.element.locator("tbody tr").nth(1)
    ).not_to_contain_text("4.5")
    figure.has("MSE", "", "")
    assert picture(figure) != after


def test_reset_returns_to_the_beginning(huber: Open1) -> None:
    figure = huber()
    before = picture(figure)
    figure.slider("threshold δ").fill("3")
    figure.panel.get_by_label("log-cosh").check()
    figure.panel.get_by_label("MAE").uncheck()
    figure.handle.press("End")
    expect(figure.at).to_have_text("r = 5")
    assert picture(figure) != before
    figure.element.get_by_role("button", name="Reset").click()
    expect(figure.at).to_have_text("r = 3")
    expect(figure.slider("threshold δ")).to_have_value("1")
    figure.has("log-cosh", "", "")
    figure.check("MAE", MAE(), 3)
    assert picture(figure) == before


def test_at_a_kink_it_says_which_slope_is_used(
    newcomer: Newcomer,
) -> None:
    page = newcomer().new_page()
    page.goto("/book/classification/hinge.html")
    figure = Figure(page, "hinge").begin()
    note = figure.element.locator(".note")
    expect(note).to_have_text("")
    for _ in range(10):
        figure.handle.press("ArrowRight")
    expect(figure.at).to_have_text("m = 1")
    figure.has("hinge", "0", "−0.5")
    expect(note).to_have_text(
        "hinge has a kink here: any slope from −1 to 0 is a subgradient,"
        " and −0.5 is used."
    )
    expect(figure.status).to_contain_text("any slope from −1 to 0")
    figure.handle.press("ArrowRight")
    expect(note).to_have_text("")


def test_what_is_new_is_said_once_when_it_rests(huber: Open1) -> None:
    figure = huber()
    figure.status.evaluate(
        """status => {
          window.said = [];
          new MutationObserver(() => said.push(status.textContent))
            .observe(status, { childList: true });
        }"""
    )
    figure.handle.evaluate(
        """handle => {
          for (let i = 0; i < 20; i++) {
            const init = { key: "ArrowRight", bubbles: true };
            handle.dispatchEvent(new KeyboardEvent("keydown", init));
          }
        }"""
    )
    told = (
        "r = 4. Huber: loss 3.5, slope 1. MSE: loss 8, slope 4."
        " MAE: loss 4, slope 1."
    )
    expect(figure.status).to_have_text(told)
    assert figure.page.evaluate("said") == [told]


def test_nothing_is_said_before_the_reader_moves_it(
    newcomer: Newcomer,
) -> None:
    page = newcomer().new_page()
    page.clock.install()
    page.goto(HUBER)
    figure = Figure(page).begin()
    # Long after the figure has taken its size
    page.clock.run_for(2000)
    expect(figure.status).to_have_text("")
    figure.handle.press("End")
    page.clock.run_for(2000)
    expect(figure.status).to_contain_text("r = 5.")


COUNT = """
window.drawn = 0;
const { clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...all) {
  drawn += 1;
  return clearRect.apply(this, all);
};
"""
FRAMES = """() => new Promise((drawn) =>
  requestAnimationFrame(() => requestAnimationFrame(() => drawn())))"""


def test_it_draws_once_a_frame(newcomer: Newcomer) -> None:
    context: BrowserContext = newcomer()
    context.add_init_script(COUNT)
    page = context.new_page()
    page.goto(HUBER)
    figure = Figure(page).begin()
    page.evaluate(FRAMES)
    page.evaluate("drawn = 0")
    # A new node for a text would cost a search through all rules.
    figure.element.locator(".value").evaluate(
        """value => {
          window.read = 0;
          new MutationObserver((changes) => read += changes.length)
            .observe(value.firstChild, { characterData: true });
        }"""
    )
    figure.slider("threshold δ").evaluate(
        """slider => {
          for (let i = 1; i <= 20; i++) {
            slider.value = i / 10;
            slider.dispatchEvent(new Event("input"));
          }
        }"""
    )
    page.evaluate(FRAMES)
    assert page.evaluate("drawn") == 2  # plots
    assert page.evaluate("read") == 1
    figure.check("Huber", HuberLoss(2), 3)
    # A point that moves leaves the curves alone.
    figure.handle.press("ArrowRight")
    expect(figure.at).to_have_text("r = 3.05")
    page.evaluate(FRAMES)
    assert page.evaluate("drawn") == 2


HAS_COLOUR = """(canvas, [red, green, blue]) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  for (let i = 0; i < data.length; i += 4) {
    const near = (j, value) => Math.abs(data[i + j] - value) < 3;
    if (near(0, red) && near(1, green) && near(2, blue)) return true;
  }
  return false;
}"""
VERMILLION = [0xD5, 0x5E, 0x00]
# Of a column of the gradient's canvas: by how many pixels beside the
# kink, and the ends of the rows, as shares of the way from 0 to -1.
IN_COLUMN = """(canvas, [m, beside, from, to, colour]) => {
  const over = canvas.parentElement.querySelector(".u-over");
  const [plot, all] = [over, canvas].map((e) => e.getBoundingClientRect());
  const scale = canvas.width / all.width;
  const y = (slope) => plot.top + plot.height * (0.5 - slope) / 4.7;
  const x = plot.left + plot.width * (m + 3) / 6;
  const [left, top, bottom] =
    [x - all.left, y(from) - all.top, y(to) - all.top];
  const { data } = canvas.getContext("2d").getImageData(
    Math.round(left * scale) + beside, Math.round(top * scale), 1,
    Math.round((bottom - top) * scale));
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    found += colour.every((value, j) => Math.abs(data[i + j] - value) < 60)
      && data[i + 3] > 60;
  }
  return found;
}"""


def test_where_a_slope_jumps_its_line_is_broken(
    newcomer: Newcomer,
) -> None:
    page = newcomer().new_page()
    page.goto("/book/classification/hinge.html")
    figure = Figure(page, "hinge").begin()
    figure.panel.get_by_label("squared").uncheck()
    figure.handle.press("Home")  # out of the way
    expect(figure.at).to_have_text("m = −3")
    page.evaluate(FRAMES)
    canvas = figure.element.locator("canvas").nth(1)

    def coloured(
        margin: float, beside: int, top: float, bottom: float
    ) -> int:
        found: int = canvas.evaluate(
            IN_COLUMN, [margin, beside, top, bottom, VERMILLION]
        )
        return found

    # The line before the kink, and the dot on it, are where we look.
    assert coloured(0, 0, -0.8, -1.2) > 0
    assert coloured(1, 0, -0.3, -0.7) > 0
    for beside in range(-4, 5):
        assert coloured(1, beside, -0.1, -0.35) == 0
        assert coloured(1, beside, -0.65, -0.9) == 0


GREEN = {"light": [0x00, 0x9E, 0x73], "dark": [0x2F, 0xB9, 0x94]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_follow_the_mode(theme: str, huber: Open1) -> None:
    figure = huber(color_scheme=theme)
    other = "dark" if theme == "light" else "light"
    canvas = figure.element.locator("canvas").first
    figure.handle.press("Home")  # out of the way
    for mode, not_now in ((theme, other), (other, theme)):
        figure.page.evaluate(
            "mode => document.documentElement.dataset.theme = mode",
            mode,
        )
        figure.page.evaluate(FRAMES)
        assert canvas.evaluate(HAS_COLOUR, GREEN[mode])
        assert not canvas.evaluate(HAS_COLOUR, GREEN[not_now])


def test_it_follows_the_width_of_the_page(huber: Open1) -> None:
    figure = huber()
    widths = "e => [e.offsetWidth, e.closest('.canvas').clientWidth]"
    canvas = figure.element.locator("canvas").first
    wide = canvas.evaluate(widths)
    assert wide[0] == wide[1]
    figure.page.set_viewport_size(PHONE)
    # The page may pass through widths between the two.
    figure.page.wait_for_function(
        "before => [...document.querySelectorAll('.explore canvas')]"
        ".every((e) => e.offsetWidth !== before"
        " && e.offsetWidth === e.closest('.canvas').clientWidth)",
        arg=wide[0],
    )
    narrow = canvas.evaluate(widths)
    assert narrow[0] == narrow[1] != wide[0]
    # The numbers along x stand under the second only.
    first, second = figure.element.locator(".u-over").evaluate_all(
        "all => all.map((e) => e.clientHeight)"
    )
    assert abs(first - second) < 8
    tops = figure.element.locator(".plot").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().top)"
    )
    assert tops[1] > tops[0] + 100  # one above the other
    figure.handle.press("ArrowRight")
    figure.check("Huber", HuberLoss(), 3.05)


@pytest.mark.parametrize("slug", EXPLORERS)
def test_on_a_phone_nothing_of_it_overlaps(
    slug: str, newcomer: Newcomer
) -> None:
    page = newcomer(viewport=PHONE).new_page()
    page.goto(page_of(slug))
    figure = Figure(page, slug).begin()
    for box in figure.element.get_by_role("checkbox").all():
        box.check()
    # At the ends the numbers are longest.
    for key in "Home", "End":
        figure.handle.press(key)
        page.evaluate(FRAMES)
        wide = figure.element.locator(
            "th > *, td, .knob > *"
        ).evaluate_all(
            "all => all.filter((e) => e.scrollWidth > e.clientWidth + 1)"
            ".map((e) => e.textContent)"
        )
        assert wide == []
    height = figure.element.evaluate("e => e.offsetHeight")
    assert height < 900  # of 1100 once
    # Plots and sliders can be seen together.
    sliders = figure.element.locator("input[type=range]")
    if sliders.count():
        tops = [
            box["y"]
            for part in (figure.element, sliders.last)
            if (box := part.bounding_box())
        ]
        assert tops[1] - tops[0] < 500


def test_beyond_the_plot_it_says_where_the_curve_goes(
    newcomer: Newcomer,
) -> None:
    page = newcomer().new_page()
    page.goto("/book/regression/huber.html")
    figure = Figure(page, "huber").begin()
    handle = figure.element.locator(".handle").first
    arrow = "e => getComputedStyle(e, '::after').content"
    assert handle.evaluate(arrow) == "none"
    figure.slider("threshold δ").fill("3")
    figure.handle.press("End")  # a loss of 10.5
    page.evaluate(FRAMES)
    assert handle.evaluate(arrow) == '"↑"'
    figure.handle.press("Home")
    figure.slider("threshold δ").fill("1")
    page.evaluate(FRAMES)
    assert handle.evaluate(arrow) == "none"


@pytest.mark.parametrize("part", ["explore.js", "explore/huber.js"])
def test_what_does_not_load_can_be_tried_again(
    part: str, newcomer: Newcomer
) -> None:
    context = newcomer()
    context.route(f"**/lossbook/{part}*", lambda route: route.abort())
    page = context.new_page()
    page.goto(HUBER)
    figure = Figure(page)
    figure.element.scroll_into_view_if_needed()
    told = figure.element.get_by_role("alert")
    again = told.get_by_role("button", name="Retry")
    for _ in range(2):
        expect(told).to_contain_text("could not be loaded")
        expect(figure.element.locator(".still")).to_be_visible()
        with context.expect_event("requestfailed"):
            again.click()
    expect(told).to_contain_text("could not be loaded")
    context.unroute_all()
    again.click()
    figure.begin()
    expect(told).to_have_count(0)
    figure.slider("threshold δ").fill("0.5")
    expect(figure.at).to_have_text("r = 3")
    figure.check("Huber", HuberLoss(0.5), 3)


def shows_the_still_figure(page: Page) -> None:
    element = page.locator(".explore").first
    still = element.get_by_role("img")
    expect(still).to_be_visible()
    expect(still).to_have_accessible_name(
        re.compile("Huber: at r = −5 the loss is 4.5")
    )
    expect(element.locator("figcaption")).to_be_visible()
    for hidden in element.locator("canvas, table, input, button").all():
        expect(hidden).to_be_hidden()


def test_without_scripts_the_figure_stands_still(
    newcomer: Newcomer,
) -> None:
    page = newcomer(
        java_script_enabled=False, viewport=PHONE
    ).new_page()
    page.goto(HUBER)
    shows_the_still_figure(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_the_figure_stands_still(
    theme: str, huber: Open1
) -> None:
    figure = huber(color_scheme=theme)
    figure.slider("threshold δ").fill("3")
    figure.page.emulate_media(media="print")
    shows_the_still_figure(figure.page)


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(WIDE, "light"), (PHONE, "dark")],
    ids=["wide-light", "phone-dark"],
)
@pytest.mark.parametrize("slug", EXPLORERS)
def test_axe_finds_nothing_when_it_is_live(
    slug: str, viewport: dict[str, int], theme: str, newcomer: Newcomer
) -> None:
    page = newcomer(viewport=viewport, color_scheme=theme).new_page()
    page.goto(page_of(slug))
    figure = Figure(page, slug).begin()
    figure.handle.press("Home")
    page.evaluate(AXE)
    result = page.evaluate(
        "axe.run('.explore.live', {resultTypes: ['violations']})"
    )
    assert [
        f"{v['id']}: {node['html'][:200]}"
        for v in result["violations"]
        for node in v["nodes"]
    ] == []
