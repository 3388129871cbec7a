"""Keeps of each font the letters and icons that the book uses."""

import hashlib
import logging
import re
from pathlib import Path

from fontTools import subset

# It reports every table of every font.
logging.getLogger("fontTools").setLevel(logging.WARNING)

# Kept whether a page uses them yet or not: a reader types them.
ALWAYS = {
    chr(code) for code in (*range(0x20, 0x7F), *range(0x391, 0x3CA))
}
ALWAYS |= set("−±×·÷∂∇∑∏∫√∞∈≤≥≠≈→")

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FAMILY = re.compile(r"font-family:\s*([^;}]+)")
SOURCES = re.compile(r"src:[^;}]+")
WOFF2 = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")


def anchor(css: str, folder: Path) -> str:
    """A style sheet of that folder with the full paths of its fonts."""
    return WOFF2.sub(
        lambda url: f'url("{(folder / url[1]).resolve()}")', css
    )


def shrink(css: str, letters: set[str], folder: Path) -> str:
    """Replaces the fonts of a style sheet by subsets.

    Args:
        css: the style sheet, with the full paths of its fonts.
        letters: what the pages contain; icons, which stand in the style sheet,
            and a basic set are kept besides.
        folder: where the subsets go, `fonts` beside the style sheet. What lies
            there already is used again, or deleted if nothing needs it.

    Returns:
        The style sheet, with only the fonts that it mentions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rules = FACE.sub("", css)
    wanted = {ord(letter) for letter in letters | set(rules) | ALWAYS}
    written = set()

    def face(found: re.Match[str]) -> str:
        family = FAMILY.search(found[0])
        source = WOFF2.search(found[0])
        if not (family and source and bare(family[1]) in bare(rules)):
            return ""
        file = shrunk(Path(source[1]), wanted, folder)
        if file is None:
            return ""
        written.add(file)
        return SOURCES.sub(
            f'src:url(fonts/{file.name}) format("woff2")', found[0]
        )

    shrunken = FACE.sub(face, css)
    for file in set(folder.iterdir()) - written:
        file.unlink()
    return shrunken


def bare(family: str) -> str:
    """A family name (or rules that hold it) as it is however it was quoted."""
    return re.sub(r"[\\\"']", "", family).strip()


def shrunk(font: Path, wanted: set[int], folder: Path) -> Path | None:
    """The file of the subset, or None if the font has nothing that is wanted."""
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=["*"]
    )
    with subset.load_font(str(font), options) as loaded:
        codes = sorted(wanted & set(loaded.getBestCmap()))
        if not codes:
            return None
        digest = hashlib.sha256(repr(codes).encode()).hexdigest()[:8]
        file = folder / f"{font.stem}-{digest}.woff2"
        if not file.exists():
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=codes)
            subsetter.subset(loaded)
            subset.save_font(loaded, str(file), options)
        return file
