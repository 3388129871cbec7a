"""The explore directive: a figure whose parameters can be moved.

    :::{explore} huber
    :::

The page gets the figure as it stands at first, which needs no script,
and the controls; web/explore/ makes them live with the functions that
`write` puts into _static/lossbook/explore/<name>.js.
"""

import json
from html import escape
from pathlib import Path
from typing import Any

import sympy as sp
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import SphinxDirective

from lossbook.plotting import PALETTE, styles
from lossbook.practice.explore import drawn, values
from lossbook.practice.explorers import EXPLORERS, Explorer, load
from lossbook.site.figures import named
from lossbook.site.questions import html
from lossbook.symbolic import JS_PRELUDE, javascript

COLOURS = {colour: name for name, colour in PALETTE.items()}


class Explore(SphinxDirective):
    """An explorer, by its name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        try:
            explorer = load(slug)
        except ValueError as problem:
            raise self.error(str(problem)) from None
        inside = nodes.raw("", markup(slug, explorer), format="html")
        return [
            html("figure", inside, CLASS="explore", data_explore=slug)
        ]


def markup(slug: str, explorer: Explorer) -> str:
    """What stands in the figure: the still one, the controls."""
    still = named(drawn(explorer).svg(), described(explorer))
    axis = escape(explorer.axis.label)
    plots = "".join(
        f'<div class="plot" data-of="{of}"><p>{of}</p>'
        f'<div class="canvas"></div><p class="axis">{axis}</p></div>'
        for of in ("loss", "gradient")
    )
    kinks = any(curve.kinks for curve in explorer.curves)
    note = '<p class="note"></p>' if kinks else ""
    return (
        f'<div class="stage"><div class="still">{still}</div>'
        f'<div class="plots">{plots}</div></div>'
        f'<div class="panel" inert>{sliders(slug, explorer)}'
        f"{table(slug, explorer)}"
        f'<div class="end"><button type="button">Reset</button>{note}</div>'
        '<p class="spoken" role="status"></p></div>'
        f"<figcaption><p>{escape(explorer.message)}</p></figcaption>"
    )


def table(slug: str, explorer: Explorer) -> str:
    """A row for each curve: its switch, its loss, its slope."""
    looks = styles(curve.style for curve in explorer.curves)
    rows = []
    for index, curve in enumerate(explorer.curves):
        name = f"{swatch(looks[index])} {escape(curve.label)}"
        if index:
            checked = " checked" if curve.shown else ""
            box = (
                f'<input type="checkbox" id="{slug}-{index}"{checked}>'
            )
            name = f"<label>{box}{name}</label>"
        else:
            name = f'<span class="main">{name}</span>'
        cells = "<td></td><td></td>"
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    return (
        '<table><thead><tr><th scope="col" class="at"></th>'
        '<th scope="col">loss</th><th scope="col">slope</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def sliders(slug: str, explorer: Explorer) -> str:
    knobs = []
    for slider in explorer.sliders:
        name = f"{slug}-{slider.symbol.name}"
        knobs.append(
            f'<div class="knob"><label for="{name}">{slider.label}'
            f'</label><span class="value"></span>'
            f'<input type="range" id="{name}" min="{slider.low:g}"'
            f' max="{slider.high:g}" step="{slider.step:g}"'
            f' value="{slider.value:g}"></div>'
        )
    return f'<div class="knobs">{"".join(knobs)}</div>' if knobs else ""


def swatch(look: dict[str, Any]) -> str:
    """A piece of the curve's line."""
    colour, (_, dashes) = look["color"], look["linestyle"]
    pattern = " ".join(f"{2 * length:g}" for length in dashes)
    return (
        '<svg class="swatch" aria-hidden="true" viewBox="0 0 28 8">'
        f'<path d="M0 4H28" fill="none" stroke-width="2.5"'
        f' stroke="var(--chart-{COLOURS[colour]},{colour})"'
        f' stroke-dasharray="{pattern}"/></svg>'
    )


def described(explorer: Explorer) -> str:
    """The still figure in words, every number computed."""
    axis = explorer.axis
    places = [axis.low, axis.start, axis.high]
    names = [f"{axis.symbol.name} = {place:g}" for place in places]
    first = ", ".join(
        f"{slider.label} = {slider.value:g}"
        for slider in explorer.sliders
    )
    parts = [
        f"Loss and gradient against the {axis.label} "
        f"from {axis.low:g} to {axis.high:g}"
        + (f", with {first}." if first else ".")
    ]
    for curve in explorer.curves:
        if not curve.shown:
            continue
        losses, slopes = (
            # Plus 0, which makes 0 of -0
            [f"{v + 0:.3g}" for v in values(explorer, expr, places)]
            for expr in (curve.loss, curve.gradient)
        )
        told = "; ".join(
            f"at {name} the loss is {loss}, the gradient {slope}"
            for name, loss, slope in zip(
                names, losses, slopes, strict=True
            )
        )
        parts.append(f"{curve.label}: {told}.")
    return " ".join(parts).replace("-", "−").replace("e−0", "e−")


def script(explorer: Explorer) -> str:
    """The module of an explorer: its curves, as functions."""
    looks = styles(curve.style for curve in explorer.curves)
    arguments = ", ".join(s.name for s in explorer.arguments)
    curves = []
    for curve, look in zip(explorer.curves, looks, strict=True):
        colour, (_, dashes) = look["color"], look["linestyle"]
        data = {
            "label": curve.label,
            "colour": [f"--chart-{COLOURS[colour]}", colour],
            "dashes": [2 * length for length in dashes],
            "kinks": list(curve.kinks),
            "shown": curve.shown,
        }
        functions = "".join(
            f",\n    {of}: ({arguments}) => {body}"
            for of, body in (
                ("loss", code(curve.loss)),
                ("gradient", code(curve.gradient)),
            )
        )
        curves.append(f"{text(data)[:-1]}{functions}}}")
    axis = explorer.axis
    data = {
        "axis": {
            "name": axis.symbol.name,
            "low": axis.low,
            "high": axis.high,
            "step": axis.step,
            "start": axis.start,
        },
        "ends": {
            "loss": explorer.losses,
            "gradient": explorer.gradients,
        },
    }
    listed = ",\n  ".join(curves)
    return (
        f"{JS_PRELUDE}\nexport default {{{text(data)[1:-1]}, "
        f'"curves": [\n  {listed}\n]}};\n'
    )


def code(expr: sp.Expr) -> str:
    return javascript(sp.sympify(expr))


def text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def write(app: Sphinx, exception: Exception | None) -> None:
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    folder = Path(app.outdir, "_static", "lossbook", "explore")
    folder.mkdir(parents=True, exist_ok=True)
    for slug in EXPLORERS:
        file = folder / f"{slug}.js"
        file.write_text(script(load(slug)), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_directive("explore", Explore)
    app.connect("build-finished", write)
