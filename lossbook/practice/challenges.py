"""The coding challenges, as lossbook/challenges/<chapter>.yml has them.

challenge.schema.json beside this file says what may stand there, and
the tests and the build hold every file against it; here it is taken
for granted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "challenges"
SCHEMA_FILE = Path(__file__).with_name("challenge.schema.json")

# What stands before the name of a chapter's own method.
OWN = "The chapter's own, with its input checked:"


@dataclass(frozen=True)
class Challenge:
    """One function to write; texts are MyST Markdown.

    Args:
        chapter: Its slug.
        id: Never changes: readers' progress hangs on it.
        stub: What the editor holds at first.
        name: The function to write.
        hints: Three: what to think of, the formula, nearly the code.
        solution: Code that passes, as short as an interview asks for.
        packages: What it may import: NumPy, or nothing.
        vectorised: Whether a Python loop over the batch is wrong.
        fields: What only the judge needs.
    """

    chapter: str
    id: str
    title: str
    task: str
    stub: str
    name: str
    hints: Sequence[str]
    solution: str
    packages: Sequence[str]
    vectorised: bool
    fields: Mapping[str, Any]

    @property
    def method(self) -> str:
        """The chapter's own, such as HuberLoss.grad; "" if none."""
        if "class" not in self.fields:
            return ""
        return f"{self.fields['class']}.{self.fields['method']}"


def load(chapter: str) -> Sequence[Challenge]:
    """The challenges of a chapter, in the order of the file.

    Raises:
        FileNotFoundError: There are none.
    """
    return [_challenge(chapter, entry) for entry in read(chapter)]


def find(name: str) -> Challenge:
    """The challenge of this id.

    Raises:
        LookupError: There is none.
    """
    [found] = (one for one in load(chapter_of(name)) if one.id == name)
    return found


def chapter_of(name: str) -> str:
    """The chapter whose file has the challenge of this id.

    Raises:
        LookupError: There is none.
    """
    # To parse all the files takes a third of a second.
    known = {
        found: chapter
        for chapter in slugs()
        for found in re.findall(r"(?m)^- id: (\S+)$", _text(chapter))
    }
    if name not in known:
        every = ", ".join(known)
        raise LookupError(f"no challenge {name!r}; there are: {every}")
    return known[name]


def read(chapter: str) -> Any:
    """The file as it stands."""
    return yaml.safe_load(_text(chapter))


def _text(chapter: str) -> str:
    return (FOLDER / f"{chapter}.yml").read_text(encoding="utf-8")


def slugs() -> Sequence[str]:
    """The chapters that have challenges."""
    return sorted(file.stem for file in FOLDER.glob("*.yml"))


def _challenge(chapter: str, entry: Mapping[str, Any]) -> Challenge:
    fields = dict(entry)
    names = Challenge.__dataclass_fields__.keys()
    common = {name: fields.pop(name) for name in names & entry.keys()}
    common.setdefault("packages", ["numpy"])
    common["vectorised"] = "large" in fields
    return Challenge(chapter, fields=fields, **common)
