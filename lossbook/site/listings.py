"""Says above the code of a printed file which file it is."""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class NameListings(SphinxPostTransform):
    """Titles the code cells that print a file with :load:."""

    default_priority = 10
    formats = ("html",)

    def run(self, **_: Any) -> None:
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for cell in self.document.findall(nodes.container):
            options = cell.attributes.get("cell_metadata", {})
            source = cell.next_node(nodes.container)
            if "load" in options and source:
                file = folder / options["load"]
                name = os.path.relpath(file, self.env.srcdir)
                source.insert(
                    0, nodes.paragraph(text=name, classes=["listing"])
                )


def setup(app: Sphinx) -> None:
    app.add_post_transform(NameListings)
