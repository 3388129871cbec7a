"""Sets a derivation as rows: an expression, its reason, how it was checked.

A chapter shows a derivation by ending a cell with it. The cell's output holds
its parts as JSON (see MIME_TYPE), and here they become an ordered list, which
reads well aloud and which web/derivation.css lays out in columns.
"""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from myst_nb.core.render import (  # type: ignore[import-untyped]
    MimeData,
    NbElementRenderer,
)

MIME_TYPE = "application/vnd.lossbook.derivation+json"


class DerivationRenderer:
    """A MimeRenderPlugin of MyST-NB: offered every output, takes the derivations."""

    mime_priority_overrides = (("html", MIME_TYPE, 1),)

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer,
        data: MimeData,
        inline: bool,  # noqa: ARG004  (part of the plugin's signature)
    ) -> list[nodes.Element] | None:
        if data.mime_type != MIME_TYPE:
            return None

        def reason(text: str) -> nodes.inline:
            parsed = nodes.inline(classes=["reason"])
            with renderer.renderer.current_node_context(parsed):
                renderer.renderer.nested_render_text(
                    text, data.line or 0, inline=True
                )
            return parsed

        return [rows(data.content, reason)]


def rows(
    derivation: Any, reason: Callable[[str], nodes.Node]
) -> nodes.Element:
    """The list of a derivation's lines.

    Args:
        derivation: {"lhs": tex, "lines": [{"tex", "reason", "how", "mark"}]}, where
            how is "given", "proved" or "numeric" and mark says so to readers.
        reason: makes the node of a reason, which may hold $math$.
    """
    steps = nodes.enumerated_list(classes=["derivation"])
    for index, line in enumerate(derivation["lines"]):
        lhs = derivation["lhs"] if index == 0 else ""
        steps += nodes.list_item(
            "",
            nodes.container(
                "",
                formula("lhs", lhs),
                formula("rhs", f"{{}} = {line['tex']}"),
                classes=["equation"],
            ),
            nodes.container(
                "",
                reason(line["reason"]),
                nodes.Text("\u2002"),
                nodes.inline(
                    text=line["mark"],
                    classes=["check", f"check-{line['how']}"],
                ),
                classes=["why"],
            ),
        )
    return nodes.container("", steps, classes=["derivation-box"])


def formula(name: str, tex: str) -> nodes.container:
    box = nodes.container(classes=[name])
    if tex:
        box += nodes.math(text=rf"\displaystyle {tex}")
    return box
