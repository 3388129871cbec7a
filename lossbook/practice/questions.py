"""The questions of a chapter, as lossbook/questions/<slug>.yml has them.

question.schema.json beside this file says what may stand there, and
the tests and the build hold every file against it; here it is taken
for granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "questions"
SCHEMA_FILE = Path(__file__).with_name("question.schema.json")


@dataclass(frozen=True)
class Question:
    """What every kind of question has; texts are MyST Markdown.

    Args:
        chapter: Its slug.
        id: Never changes: readers' progress hangs on it.
        place: The block of the chapter that shows it.
        check: Python that asserts the answer; the tests run it.
        fields: What only its kind has.
    """

    chapter: str
    id: str
    kind: str
    place: str
    difficulty: str
    asked: str
    prompt: str
    explanation: str
    check: str
    fields: Mapping[str, Any]


def load(slug: str) -> Sequence[Question]:
    """The questions of the chapter, in the order of the file.

    Raises:
        FileNotFoundError: There are none.
    """
    return [_question(slug, entry) for entry in read(slug)]


def read(slug: str) -> Any:
    """The file as it stands."""
    file = FOLDER / f"{slug}.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def slugs() -> Sequence[str]:
    """The chapters that have questions."""
    return sorted(file.stem for file in FOLDER.glob("*.yml"))


def _question(chapter: str, entry: Mapping[str, Any]) -> Question:
    common = {
        name: entry.get(name, "")
        for name in Question.__dataclass_fields__
        if name not in ("chapter", "fields")
    }
    own = {
        name: value
        for name, value in entry.items()
        if name not in common
    }
    return Question(chapter, **common, fields=own)
