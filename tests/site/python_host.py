"""Another host, which serves Pyodide as the CDN does; and the site with it."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from built_site import ROOT, SITE

from lossbook.site.pyodide import DEFAULT

PYODIDE = ROOT / "node_modules" / "pyodide"


class PythonHandler(http.server.SimpleHTTPRequestHandler):
    """The files of the npm package, unless the host is to fail."""

    server: "PythonHost"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name = Path(self.path).name
        self.server.asked.append(name)
        if self.server.missing == name:
            self.send_error(404)
        elif self.server.cut_off == name:
            content = (PYODIDE / name).read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(name))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 3])
            self.close_connection = True
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        # Else what failed once would come from the browser's cache.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class PythonHost(http.server.ThreadingHTTPServer):
    """
    Attributes:
        asked: the names of the files asked for, in this order.
        missing: a file that it does not have.
        cut_off: a file of which it sends only the beginning.
    """

    def __init__(self) -> None:
        handler = partial(PythonHandler, directory=PYODIDE)
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[str] = []
        self.missing = self.cut_off = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """The built site, with another host's address for the CDN's."""

    server: "SiteServer"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(Path(self.path).name)
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        text = Path(SITE, self.path[1:]).read_text(encoding="utf-8")
        page = text.replace(DEFAULT, self.server.pyodide).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def end_headers(self) -> None:
        if self.server.policy:
            self.send_header(
                "Content-Security-Policy", self.server.policy
            )
        if self.server.caching:
            self.send_header("Cache-Control", self.server.caching)
        super().end_headers()


class SiteServer(http.server.ThreadingHTTPServer):
    """
    Attributes:
        pyodide: what the pages have in the place of the CDN's address.
        policy: the Content-Security-Policy of everything, if any.
        caching: the Cache-Control of everything, if any.
        asked: the names of the files asked for, in this order.
    """

    def __init__(self, pyodide: str) -> None:
        handler = partial(SiteHandler, directory=SITE)
        super().__init__(("127.0.0.1", 0), handler)
        self.pyodide = pyodide
        self.policy = self.caching = ""
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
