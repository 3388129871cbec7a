"""The notebooks in the reader's browser: JupyterLite at lite/."""

import csv
import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import Distribution
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qs, urljoin, urlparse

import pytest
from built_site import (
    PHONE,
    ROOT,
    SITE,
    Open,
    page_with,
    soup,
)
from conftest import Newcomer
from packaging.requirements import Requirement
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Route,
    expect,
)
from test_every_page import AXE
from tiny_book import TinyBook

from lossbook.site import lite, wheel

LITE = SITE / "lite"
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.29.3/full/"
KERNEL = "@jupyterlite/pyodide-kernel-extension"

OFFER = ".before-run a"


def settings(folder: Path) -> dict[str, object]:
    text = (folder / "jupyter-lite.json").read_text(encoding="utf-8")
    return json.loads(text)["jupyter-config-data"]


def kernel_settings(folder: Path) -> dict[str, object]:
    return settings(folder)["litePluginSettings"][f"{KERNEL}:kernel"]


def test_python_comes_from_the_configured_address_and_nowhere_else():
    kernel = kernel_settings(LITE)
    assert kernel["pyodideUrl"] == f"{PYODIDE}pyodide.js"
    assert kernel["disablePyPIFallback"] is True
    names = [e["name"] for e in settings(LITE)["federated_extensions"]]
    assert names == [KERNEL]
    overrides = settings(LITE)["settingsOverrides"]
    assert overrides["@jupyterlab/apputils-extension:notification"] == {
        "checkForUpdates": False,
        "fetchNews": "false",
    }


def test_the_kernel_finds_our_wheel_and_comm():
    indexes = [
        LITE / address.partition("?")[0]
        for address in kernel_settings(LITE)["pipliteUrls"]
    ]
    offered = {}
    for index in indexes:
        listed = json.loads(index.read_text(encoding="utf-8"))
        for name, project in listed.items():
            for [release] in project["releases"].values():
                file = index.parent / release["url"]
                content = sha256(file.read_bytes()).hexdigest()
                assert release["digests"]["sha256"] == content
                offered[name] = file
    assert {"lossbook", "comm", "piplite", "pyodide-kernel"} <= {
        *offered
    }
    of_pages = SITE / "_static" / "lossbook" / "lossbook.whl"
    assert of_pages.read_bytes() == offered["lossbook"].read_bytes()


def test_every_notebook_is_there_and_installs_the_package_first():
    text = (LITE / "api/contents/all.json").read_text(encoding="utf-8")
    listed = [entry["path"] for entry in json.loads(text)["content"]]
    ours = sorted(file.name for file in ROOT.glob("notebooks/*.ipynb"))
    assert sorted(listed) == ours
    for name in ours:
        cells, here = (
            [
                "".join(cell["source"])
                for cell in json.loads(
                    file.read_text(encoding="utf-8")
                )["cells"]
                if cell["cell_type"] == "code"
            ]
            for file in (
                LITE / "files" / name,
                ROOT / "notebooks" / name,
            )
        )
        if here:
            assert cells == ["%pip install -q lossbook", *here[1:]]


def test_nothing_is_there_that_no_browser_asks_for():
    assert list(SITE.rglob("*.map")) == []
    assert list(SITE.rglob("*.ttf")) == []
    scripts = SITE / "_static" / "scripts"
    assert not (scripts / "fontawesome.js").exists()


def test_the_site_stays_small():
    sizes = [f.stat().st_size for f in SITE.rglob("*") if f.is_file()]
    assert sum(sizes) < 40_000_000


def test_the_search_and_the_styles_leave_it_out():
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    assert "lite/" not in index
    css = (SITE / "_static/styles/book.css").read_text(encoding="utf-8")
    assert "jupyterlite" not in css


# The wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our wheel as pip unpacks it, beside NumPy and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    [file] = LITE.glob("pypi/lossbook-*.whl")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet"),
            *("--no-index", "--no-deps", "--no-compile"),
            *("--target", folder, file),
        ],
        check=True,
    )
    numpy = Path(importlib.util.find_spec("numpy").origin).parent
    for part in numpy.parent.glob("numpy*"):
        (folder / part.name).symlink_to(part)
    return folder


def alone(folder: Path, code: str) -> str:
    """What Python prints that sees only this folder."""
    path = f"import sys; sys.path.append({str(folder)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{path}\n{code}"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def test_the_losses_need_only_numpy(installed: Path):
    # r = 3 beyond δ = 1, r = −0.5 within, over n = 2.
    code = (
        "import lossbook.losses as l\n"
        "print(l.__file__, l.HuberLoss().grad([3, -0.5], [0, 0]))"
    )
    file, gradient = alone(installed, code).split(maxsplit=1)
    assert file.startswith(str(installed))
    assert gradient == "[ 0.5  -0.25]\n"


def test_the_wheel_holds_what_notebooks_use(installed: Path):
    package = installed / "lossbook"
    assert (package / "questions" / "huber.yml").exists()
    assert (package / "practice" / "question.schema.json").exists()
    assert not (package / "site").exists()


def test_pyodide_has_what_the_package_requires(installed: Path):
    lock = ROOT / "node_modules" / "pyodide" / "pyodide-lock.json"
    there = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    [about] = installed.glob("lossbook-*.dist-info")
    required = Distribution.at(about).requires
    assert required
    for requirement in map(Requirement, required):
        version = there[requirement.name.lower()]["version"]
        assert requirement.specifier.contains(version), requirement


@pytest.mark.parametrize("name", ["lossbook", "comm"])
def test_a_record_lists_every_file_with_its_hash(name):
    [file] = LITE.glob(f"pypi/{name}-*.whl")
    with zipfile.ZipFile(file) as archive:
        [record] = (n for n in archive.namelist() if "/RECORD" in n)
        rows = csv.reader(archive.read(record).decode().splitlines())
        listed = {path: hashed for path, hashed, _size in rows}
        assert sorted(listed) == sorted(archive.namelist())
        assert listed.pop(record) == ""
        for path, hashed in listed.items():
            found = sha256(archive.read(path)).digest()
            encoded = urlsafe_b64encode(found).decode().rstrip("=")
            assert hashed == f"sha256={encoded}"


def test_the_same_files_make_the_same_wheel(tmp_path: Path):
    first = wheel.build(tmp_path).read_bytes()
    assert wheel.build(tmp_path).read_bytes() == first


# On the pages


def test_a_page_offers_the_notebook_that_it_offers_to_download(path):
    page = soup(path)
    offer = page.select_one(OFFER)
    download = page.select_one(".download-notebook")
    assert (offer is None) == (download is None)
    if offer:
        start = urlparse(urljoin(f"/{path}", offer["href"]))
        assert (SITE / start.path.lstrip("/")).is_file()
        [name] = parse_qs(start.query)["path"]
        assert Path(download["href"]).name == name
        assert (LITE / "files" / name).is_file()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_button_says_what_it_will_fetch(theme, open_page: Open):
    page = open_page(page_with(OFFER), theme, PHONE).page
    told = page.locator(".before-run")
    expect(told).to_be_hidden()
    page.get_by_role("button", name="Run").focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("about 15 s")
    expect(told).to_contain_text("30 MB, from cdn.jsdelivr.net")
    page.keyboard.press("Tab")
    start, listed = told.get_by_role("link").all()
    expect(start).to_be_focused()
    list_of = urljoin(
        f"/{page_with(OFFER)}", listed.get_attribute("href")
    )
    assert (SITE / list_of.lstrip("/")).is_file()
    box = told.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    page.evaluate(AXE)
    found = page.evaluate("axe.run('.article-header-buttons')")
    assert found["violations"] == []
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()


def test_the_bar_fits_the_narrowest_phone(open_page: Open):
    narrow = {"width": 320, "height": 600}
    page = open_page(page_with(OFFER), viewport=narrow).page
    buttons = page.locator(".bd-header-article .btn:visible")
    boxes = [button.bounding_box() for button in buttons.all()]
    assert len(boxes) == 6
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"]
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 320


def test_without_javascript_there_is_no_button(open_page: Open):
    page = open_page(page_with(OFFER), java_script_enabled=False).page
    expect(page.locator(".run-notebook")).to_be_hidden()


def test_from_a_folder_there_is_no_button(browser: Browser):
    page = browser.new_page()
    page.goto((SITE / page_with(OFFER)).as_uri())
    expect(page.locator(".download-notebook")).to_be_visible()
    expect(page.locator(".run-notebook")).to_have_count(0)
    page.close()


# In JupyterLite


class Reader:
    """A browser whose requests to other hosts are never answered.

    Attributes:
        elsewhere: what it asked of them.
        errors: what its pages complained about.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page = context.new_page()
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        context.route(lambda url: not url.startswith(address), self.ask)
        # Asked for by itself, before JupyterLite has named its own.
        context.route(
            f"{address}/favicon.ico", lambda r: r.fulfill(status=204)
        )
        context.on("console", self.listen)
        context.on("weberror", lambda e: self.errors.append(str(e)))

    def ask(self, route: Route) -> None:
        self.elsewhere.append(route.request.url)

    def listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture
def reader(newcomer: Newcomer, address: str) -> Reader:
    return Reader(newcomer(), address)


def test_the_list_of_notebooks_asks_no_other_host(reader: Reader):
    page = reader.page
    page.goto("/lite/")
    page.get_by_text("huber.ipynb").wait_for()
    assert reader.elsewhere == []
    assert reader.errors == []


def test_a_notebook_opens_and_fetches_python_alone(
    reader: Reader, address: str
):
    page = reader.page
    page.goto("/" + page_with(OFFER))
    page.locator(".run-notebook").click()
    assert reader.elsewhere == []
    with (
        page.context.expect_page() as opened,
        # The kernel begins with it, so all else was loaded.
        page.context.expect_event(
            "request",
            lambda request: not request.url.startswith(address),
        ),
    ):
        page.get_by_role("link", name="Open in a new tab").click()
    opened.value.get_by_text("%pip install -q lossbook").wait_for()
    assert reader.elsewhere == [f"{PYODIDE}pyodide.js"]
    assert reader.errors == []


# When it is built


ADDRESS = "https://python.example/"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module, in the place of ours."""
    folder = tmp_path / "book" / "lossbook"
    folder.mkdir(parents=True)
    (folder / "one.py").write_text("ONE = 1\n", encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder.parent)
    monkeypatch.setattr(wheel, "PACKAGE", folder)
    monkeypatch.setattr(wheel, "ROOT", folder.parent)
    return folder


def test_each_thing_it_is_built_from_counts(
    package: Path, tmp_path: Path
):
    def digest(text: str = "Some text.", address: str = ADDRESS) -> str:
        folder = Path(mkdtemp(dir=tmp_path))
        cell = {"cell_type": "markdown", "source": [text]}
        notebook = json.dumps({"cells": [cell]})
        lite.prepare(folder, {"chapter.ipynb": notebook}, address)
        return lite.digest(folder)

    first = digest()
    assert digest() == first
    seen = {
        first,
        digest(text="Other text."),
        digest(address="python/"),
    }
    (package / "more.py").write_text("MORE = 1\n", encoding="utf-8")
    seen.add(digest())
    assert len(seen) == 4


def test_it_is_built_anew_only_when_something_changed(tmp_path: Path):
    book = TinyBook(tmp_path)
    folder = tmp_path / "_build" / "html" / "lite"
    said = "building JupyterLite"

    def built() -> str:
        result = book.build()
        assert result.returncode == 0, result.stdout
        return result.stdout

    book.write_chapter("Some text.")
    assert said in built()
    assert said not in built()

    book.write_chapter("Other text.")
    config = (tmp_path / "_config.yml").read_text(encoding="utf-8")
    own = config.replace(
        "  config:\n", "  config:\n    lossbook_pyodide: python/\n", 1
    )
    assert own != config
    book.write("_config.yml", own)
    book.write("lossbook/more.py", "MORE = 1\n")
    assert said in built()
    notebook = (folder / "files" / "chapter.ipynb").read_text("utf-8")
    assert "Other text." in notebook
    # Beside lite/, not in it.
    address = kernel_settings(folder)["pyodideUrl"]
    assert urljoin("/lite/", address) == "/python/pyodide.js"
    assert "from this site" in book.page()
    [file] = folder.glob("pypi/lossbook-*.whl")
    assert "lossbook/more.py" in zipfile.ZipFile(file).namelist()
