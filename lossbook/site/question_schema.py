"""Holds a chapter's questions against question.schema.json."""

import json
from collections.abc import Iterator
from typing import Any

from lossbook.practice import questions
from lossbook.site.schema import violations

SCHEMA = json.loads(questions.SCHEMA_FILE.read_text(encoding="utf-8"))


def problems(slug: str, entries: Any) -> Iterator[str]:
    """What is wrong: file, question and field, then the complaint."""
    file = f"lossbook/questions/{slug}.yml"
    found = [*violations(file, "question", entries, SCHEMA)]
    yield from found or repeated(slug, entries)


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
