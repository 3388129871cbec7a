"""Matplotlib's SVG made fit to stand inside a page.

A page holds several figures, has a light and a dark mode and is read at
any width. So the SVG loses what belongs to a file (XML declaration,
metadata, size), its text stays text in the page's own size and colour,
and its ids are unique to the figure.
"""

import hashlib
import re
from collections.abc import Mapping
from xml.etree import ElementTree

# On a phone a figure is about 340 px wide, half of what a desktop gives it.
# Text that is right on one is too small or too large on the other, so wide
# screens set it smaller in the figure's own units. Strokes keep their width.
_RULES = (
    ".chart path{vector-effect:non-scaling-stroke}"
    "@media(min-width:600px){.chart text{font-size:.66em}}"
)
_MIDDLE_OF_TEXT = 0.36  # of the font size above the baseline

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"#([\w-]+)")
_REFERRING = ("href", "clip-path", "style")
_COORDINATES = ("d", "x", "y", "width", "height", "transform", "points")


def inline_svg(
    raw: str, font_size: float, colours: Mapping[str, str]
) -> str:
    """The figure as one `<svg>` element for a page.

    Args:
        raw: what Matplotlib writes with `svg.fonttype` set to `none`.
        font_size: the one size of text in the figure, in its own units.
        colours: what to write for each hex colour, `#0072b2` say.

    Returns:
        The same bytes for the same drawing.

    Raises:
        ValueError: some text holds TeX, which an SVG cannot show.
    """
    root = ElementTree.fromstring(raw)
    for element in root.iter():
        _drop_namespaces(element)
        _tidy_style(element, colours)
        for name in _COORDINATES:
            if name in element.attrib:
                element.set(name, _shorten(element.attrib[name]))
        if element.tag == "text":
            _refuse_tex(element.text or "")
            _centre_text(element, font_size)
    _rename_ids(root, prefix="c")
    _flatten(root)
    content = hashlib.sha256(ElementTree.tostring(root))
    _rename_ids(root, prefix="c" + content.hexdigest()[:8])

    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "chart",
            "viewBox": _shorten(root.attrib["viewBox"]),
            "width": "100%",
            "style": "display:block;max-width:600px;margin:auto",
            "font-family": "system-ui,sans-serif",
            "font-size": f"{font_size:g}",
            "fill": "currentColor",
            "stroke-linejoin": "round",
        },
    )
    ElementTree.SubElement(svg, "style").text = _RULES
    svg.extend(root)
    return ElementTree.tostring(svg, encoding="unicode")


def _drop_namespaces(element: ElementTree.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    element.tail = None
    if element.tag != "text":
        element.text = None
    for name in [name for name in element.attrib if "}" in name]:
        element.set(name.rpartition("}")[2], element.attrib.pop(name))


def _tidy_style(
    element: ElementTree.Element, colours: Mapping[str, str]
) -> None:
    declarations = element.attrib.pop("style", "").split(";")
    kept = [
        d.strip().replace(": ", ":")
        for d in declarations
        if "font" not in d
    ]
    style = re.sub(
        r"#[0-9a-f]{6}\b",
        lambda colour: colours.get(colour[0], colour[0]),
        ";".join(d for d in kept if d),
    )
    if style:
        element.set("style", style)


def _shorten(coordinates: str) -> str:
    """One decimal is a fifth of a pixel where the figure is widest."""
    rounded = _NUMBER.sub(
        lambda n: f"{float(n[0]):.1f}".removesuffix(".0"), coordinates
    )
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.split()))


def _refuse_tex(text: str) -> None:
    if "$" in text:
        raise ValueError(
            f"TeX in a figure: {text!r}; write δ, not $\\delta$"
        )


def _centre_text(
    element: ElementTree.Element, font_size: float
) -> None:
    """Anchor text by its middle: it stays in place when its size changes."""
    y = float(element.attrib["y"]) - _MIDDLE_OF_TEXT * font_size
    element.set("y", _shorten(f"{y:.6f}"))
    element.set("dy", f"{_MIDDLE_OF_TEXT}em")
    if element.get("transform", "").startswith(
        ("rotate(0 ", "rotate(-0 ")
    ):
        del element.attrib["transform"]


def _rename_ids(root: ElementTree.Element, prefix: str) -> None:
    used = {
        identifier
        for element in root.iter()
        for name in _REFERRING
        for identifier in _REFERENCE.findall(element.get(name, ""))
    }
    names: dict[str, str] = {}
    for element in root.iter():
        identifier = element.attrib.pop("id", "")
        if identifier in used:
            names[identifier] = f"{prefix}-{len(names)}"
            element.set("id", names[identifier])
    for element in root.iter():
        for name in _REFERRING:
            if name in element.attrib:
                element.set(
                    name,
                    _REFERENCE.sub(
                        lambda found: (
                            "#" + names.get(found[1], found[1])
                        ),
                        element.attrib[name],
                    ),
                )


def _flatten(element: ElementTree.Element) -> None:
    """Keep only what is drawn: no bare groups, no invisible frames."""
    children: list[ElementTree.Element] = []
    for child in element:
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            children.extend(child)
        elif child.tag == "defs" and not len(child):
            continue
        elif (
            child.tag not in ("metadata", "style")
            and child.get("style") != "fill:none"
        ):
            children.append(child)
    element[:] = children
