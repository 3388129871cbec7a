"""Holds a chapter's challenges against challenge.schema.json."""

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lossbook.practice import challenges
from lossbook.site.schema import violations

SCHEMA = json.loads(challenges.SCHEMA_FILE.read_text(encoding="utf-8"))


def problems(slug: str, entries: Any) -> Iterator[str]:
    """What is wrong: file, challenge and field, then the complaint."""
    file = f"lossbook/challenges/{slug}.yml"
    found = [*violations(file, "challenge", entries, SCHEMA)]
    yield from found
    if not found:
        seen = set()
        for entry in entries:
            for field, complaint in _inside(entry):
                yield f"{file}, {entry['id']}, {field}: {complaint}"
            if entry["id"] in seen:
                yield (
                    f"{file}, {entry['id']}, id: a challenge before it"
                    " has the same"
                )
            seen.add(entry["id"])


def _inside(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a schema cannot say: the field, and what is wrong."""
    for field in ("stub", "solution"):
        try:
            tree = ast.parse(entry[field])
        except SyntaxError as error:
            yield field, f"line {error.lineno}: {error.msg}"
            continue
        defined = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
        ]
        if entry["name"] not in defined:
            yield field, f"does not define {entry['name']}"
