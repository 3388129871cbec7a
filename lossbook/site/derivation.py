"""Sets a derivation as rows of math, each with its reason and its check."""

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer

MIME_TYPE = "application/vnd.lossbook.derivation+json"


class DerivationRenderer(MimeRenderPlugin):
    mime_priority_overrides = (("html", MIME_TYPE, 1),)

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        return None
