"""`make serve`: the book on this machine, built anew on every change."""

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from watchfiles import watch

from lossbook.site.paths import PACKAGE, ROOT, WEB

WATCHED = (
    ROOT / "book",
    PACKAGE,
    WEB,
    ROOT / "_config.yml",
    ROOT / "_toc.yml",
)


def build() -> None:
    # A failed build says why, and the last good pages stay in place.
    subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", ROOT],
        check=False,
    )


def main() -> None:
    build()
    handler = partial(
        SimpleHTTPRequestHandler, directory=ROOT / "_build" / "html"
    )
    # Port 0 is whichever port is free.
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        print(f"Read the book at {address} (Ctrl+C ends)", flush=True)
        for _ in watch(*WATCHED, raise_interrupt=False):
            build()
            print(f"Built anew: {address}", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
