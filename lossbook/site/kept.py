"""Keeps what takes seconds to make from one build to the next.

Challenges' cases and Anki's deck follow from the package alone, and a
build that changes only a sentence need not make them again.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx


def kept(
    app: Sphinx, name: str, sources: str, make: Callable[[], bytes]
) -> bytes:
    """What make() gave when last called with the same sources.

    The sources are text that tells apart all that make() depends on.
    Only the latest result under a name is kept.
    """
    folder = Path(app.outdir).parent / ".kept" / name
    file = folder / hashlib.sha256(sources.encode()).hexdigest()[:16]
    if not file.exists():
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        # In one step: a build that is stopped leaves nothing half-written.
        part = folder / "part"
        part.write_bytes(made)
        part.replace(file)
    return file.read_bytes()
