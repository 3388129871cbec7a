"""Packs wheels for Python in the browser, without the network.

The page's own runs fetch the package from _static/lossbook/, under a
name without a version: the script that asks for it need not know one.
JupyterLite gets the same wheel into its index.
"""

import shutil
import tomllib
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.application import Sphinx

from lossbook.site.paths import PACKAGE, ROOT

# What makes the book and its notebooks, not what they run.
LEFT_OUT = ("site", "export.py", "plain_markdown.py")
# What an installer adds to the files of a wheel.
ADDED = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
WHEEL = """\
Wheel-Version: 1.0
Generator: lossbook
Root-Is-Purelib: true
Tag: py3-none-any
"""
# The same files give the same bytes, whenever they are packed.
DATE = (2026, 1, 1, 0, 0, 0)


def build(target: Path) -> Path:
    """Writes the wheel of lossbook into the folder `target`."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    name, version = project["name"], project["version"]
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {r}" for r in project["dependencies"]),
    ]
    files = {
        file.relative_to(ROOT).as_posix(): file.read_bytes()
        for file in PACKAGE.rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and file.relative_to(PACKAGE).parts[0] not in LEFT_OUT
    }
    about = f"{name}-{version}.dist-info"
    files[f"{about}/METADATA"] = "\n".join([*metadata, ""]).encode()
    files[f"{about}/WHEEL"] = WHEEL.encode()
    return pack(name, version, files, target)


def repack(name: str, target: Path) -> Path:
    """Writes the wheel that an installed package came from.

    Args:
        name: A package in pure Python.
    """
    installed = distribution(name)
    files = {
        file.as_posix(): file.read_binary()
        for file in installed.files or ()
        if file.suffix != ".pyc" and file.name not in ADDED
    }
    return pack(name, installed.version, files, target)


def pack(
    name: str, version: str, files: Mapping[str, bytes], target: Path
) -> Path:
    record = f"{name}-{version}.dist-info/RECORD"
    lines = [
        f"{path},sha256={digest(content)},{len(content)}"
        for path, content in sorted(files.items())
    ]
    listed = "\n".join([*lines, f"{record},,", ""]).encode()
    wheel = target / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(entry(path), content)
        archive.writestr(entry(record), listed)
    return wheel


def digest(content: bytes) -> str:
    """As RECORD has it."""
    encoded = urlsafe_b64encode(sha256(content).digest())
    return encoded.decode().rstrip("=")


def entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static", "lossbook")
    with TemporaryDirectory() as folder:
        shutil.copy(build(Path(folder)), static / "lossbook.whl")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)
