"""A font keeps what the book uses, and only then a file."""

from pathlib import Path

from built_site import ROOT
from fontTools.ttLib import TTFont

from lossbook.site.fonts import anchor, shrink

FILES = ROOT / "node_modules/@fontsource/source-serif-4/files"


def sheet(*names: str) -> str:
    faces = "".join(
        f"@font-face {{ font-family: '{name}'; src: url('{name}.woff2'),"
        f" url('{name}.ttf'); }}"
        for name in names
    )
    return anchor(faces, FILES)


LATIN = "source-serif-4-latin-400-normal"
GREEK = "source-serif-4-greek-400-normal"


def letters_of(file: Path) -> set[str]:
    with TTFont(file) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_a_font_keeps_the_letters_of_the_pages_and_the_rules(
    tmp_path: Path,
):
    rules = f"p{{font-family:{LATIN}}} .icon::before{{content:'®'}}"
    css = shrink(sheet(LATIN) + rules, {"é"}, tmp_path)
    (file,) = tmp_path.iterdir()
    kept = letters_of(file)
    assert {"a", "~", "é", "®"} <= kept
    assert "ñ" not in kept
    assert (
        file.stat().st_size < (FILES / f"{LATIN}.woff2").stat().st_size
    )
    assert f'src:url(fonts/{file.name}) format("woff2")' in css
    assert ".ttf" not in css
    assert rules in css


def test_a_font_that_no_rule_names_is_left_out(tmp_path: Path):
    css = shrink(
        sheet(LATIN, GREEK) + f"p{{font-family:{GREEK}}}",
        set(),
        tmp_path,
    )
    assert LATIN not in css
    assert [file.name[: len(GREEK)] for file in tmp_path.iterdir()] == [
        GREEK
    ]


def test_a_subset_is_made_once_and_removed_when_it_is_of_no_use(
    tmp_path: Path,
):
    css = sheet(LATIN) + f"p{{font-family:{LATIN}}}"
    shrink(css, {"é"}, tmp_path)
    (first,) = tmp_path.iterdir()
    written = first.stat().st_mtime_ns
    shrink(css, {"é"}, tmp_path)
    assert first.stat().st_mtime_ns == written
    shrink(css, {"ñ"}, tmp_path)
    (second,) = tmp_path.iterdir()
    assert "ñ" in letters_of(second)
    assert second.name != first.name
