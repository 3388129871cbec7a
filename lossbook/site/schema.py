"""Holds a chapter's file of questions or challenges against a schema."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from jsonschema import Draft202012Validator, ValidationError


def violations(
    file: str, noun: str, entries: Any, schema: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong: file, entry and field, then the complaint.

    Args:
        file: Its path, as the author knows it.
        noun: What an entry without an id is called.
    """
    found = sorted(
        Draft202012Validator(schema).iter_errors(entries),
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
            where = place(file, noun, entries, error)
            yield f"{where}: {error.message}"


def place(
    file: str, noun: str, entries: Any, error: ValidationError
) -> str:
    parts = [file]
    path = list(error.absolute_path)
    if path:
        entry = entries[path[0]]
        name = entry.get("id") if isinstance(entry, dict) else None
        parts.append(str(name or f"{noun} {int(path[0]) + 1}"))
        parts += map(str, path[1:])
    return ", ".join(parts)
