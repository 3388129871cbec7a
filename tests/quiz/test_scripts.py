"""How scripts become bundles."""

from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from lossbook.site.scripts import bundle


def write(folder: Path, **scripts: str) -> list[Path]:
    for name, text in scripts.items():
        Path(folder, f"{name}.js").write_text(text, encoding="utf-8")
    return [Path(folder, f"{name}.js") for name in scripts]


def test_what_is_imported_later_is_a_file_of_its_own(tmp_path: Path):
    entry, _ = write(
        tmp_path,
        entry='import("./later.js");',
        later='export const much = "only when needed";',
    )
    bundle([entry], tmp_path / "out")
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in Path(tmp_path, "out").iterdir()
    }
    assert "only when needed" not in texts.pop("entry.js")
    [later] = texts.values()
    assert "only when needed" in later


def test_old_bundles_go(tmp_path: Path):
    old, new = write(tmp_path, old="1;", new="2;")
    bundle([old], tmp_path / "out")
    bundle([new], tmp_path / "out")
    names = [file.name for file in Path(tmp_path, "out").iterdir()]
    assert names == ["new.js"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("let = ;", "entry.js:1:6:"),
        ('import "./nowhere.js";', 'Could not resolve "./nowhere.js"'),
        ("x = 1; if (typeof x == 'nmber') {}", "entry.js:1:23:"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, text, complaint):
    with pytest.raises(ExtensionError) as told:
        bundle(write(tmp_path, entry=text), tmp_path / "out")
    assert complaint in str(told.value)
    assert "Node.js" not in str(told.value)
