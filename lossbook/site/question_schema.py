"""Holds a chapter's questions against question.schema.json."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from lossbook.practice import questions

SCHEMA = json.loads(questions.SCHEMA_FILE.read_text(encoding="utf-8"))


def problems(slug: str, entries: Any) -> Iterator[str]:
    """What is wrong: file, question and field, then the complaint."""
    found = sorted(
        Draft202012Validator(SCHEMA).iter_errors(entries),
        key=lambda error: [str(part) for part in error.absolute_path][
            :1
        ],
    )
    for _, group in groupby(
        found, key=lambda error: [*error.absolute_path][:1]
    ):
        errors = list(group)
        # Fields of a kind count as unknown once any of them is wrong.
        telling = [
            error
            for error in errors
            if error.validator != "unevaluatedProperties"
        ]
        for error in telling or errors:
            yield f"{place(slug, entries, error)}: {error.message}"
    if not found:
        yield from repeated(slug, entries)


def place(slug: str, entries: Any, error: ValidationError) -> str:
    parts = [f"lossbook/questions/{slug}.yml"]
    path = list(error.absolute_path)
    if path:
        entry = entries[path[0]]
        name = entry.get("id") if isinstance(entry, dict) else None
        parts.append(str(name or f"question {int(path[0]) + 1}"))
        parts += map(str, path[1:])
    return ", ".join(parts)


def repeated(slug: str, entries: Any) -> Iterator[str]:
    seen = set()
    for entry in entries:
        name = entry["id"]
        where = f"lossbook/questions/{slug}.yml, {name}, id"
        if name in seen:
            yield f"{where}: a question before it has the same"
        if not name.startswith(slug.replace("_", "-") + "-"):
            yield f"{where}: does not begin with the chapter's slug"
        seen.add(name)
