"""Where readers' browsers get Python from: one setting of _config.yml.

`lossbook_pyodide` is the folder of a Pyodide distribution: an address,
or the path of the site's own copy, such as `pyodide/` beside index.html.
"""

import re

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

# The version that JupyterLite's kernel uses too.
DEFAULT = "https://cdn.jsdelivr.net/pyodide/v0.29.3/full/"

# With a scheme only http(s): a page would not load the rest.
_FOLDER = re.compile(
    r"(https?://[^/\s?#]+(?=/)|(?![\w+.-]*:|//))[^\s?#]*/"
)


def check(_app: Sphinx, config: Config) -> None:
    address = config.lossbook_pyodide
    if not isinstance(address, str) or not _FOLDER.fullmatch(address):
        raise ExtensionError(
            f"_config.yml: lossbook_pyodide is {address!r}. It should be "
            "an http(s) address or a path of the site, and end in /"
        )


def setup(app: Sphinx) -> None:
    # "env": pages that name it are read again when it changes.
    app.add_config_value("lossbook_pyodide", DEFAULT, "env", str)
    app.connect("config-inited", check)
