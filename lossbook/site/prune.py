"""Drops the rules of a style sheet that can match nothing in the pages."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import tinycss2  # type: ignore[import-untyped]

NESTING = ("container", "layer", "media", "supports")
UNWANTED = ("charset", "import")


def prune(css: str, words: set[str]) -> str:
    """The rules of a style sheet whose classes and ids are all among words.

    Args:
        css: the style sheet.
        words: the classes and ids of the pages, and every word of their
            scripts, which set classes too.
    """
    return "".join(
        kept(tinycss2.parse_stylesheet(css, True, True), words)
    )


def kept(rules: Iterable[Any], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            raise ValueError(
                f"line {rule.source_line} of a style sheet: {rule.message}"
            )
        prelude = tinycss2.serialize(rule.prelude)
        if rule.type == "qualified-rule":
            selectors = [
                s for s in split(rule.prelude) if names(s) <= words
            ]
            if selectors:
                prelude = ",".join(
                    tinycss2.serialize(s).strip() for s in selectors
                )
                yield f"{prelude}{{{body(rule)}}}\n"
        elif rule.content and rule.lower_at_keyword in NESTING:
            inner = "".join(
                kept(
                    tinycss2.parse_rule_list(rule.content, True, True),
                    words,
                )
            )
            if inner:
                yield f"@{rule.at_keyword}{prelude}{{{inner}}}\n"
        elif rule.lower_at_keyword not in UNWANTED:
            yield f"{rule.serialize()}\n"


def body(rule: Any) -> str:
    tokens = (
        token for token in rule.content if token.type != "comment"
    )
    return str(tinycss2.serialize(tokens)).strip()


def split(prelude: list[Any]) -> Iterator[list[Any]]:
    """The selectors of a list a, b, c, as their tokens."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def names(selector: list[Any]) -> set[str]:
    """Classes and ids that an element must have; :not() and :is() are passed by."""
    classes = {
        token.value
        for before, token in pairwise(selector)
        if before == "." and token.type == "ident"
    }
    return classes | {
        token.value for token in selector if token.type == "hash"
    }
