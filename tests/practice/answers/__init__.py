"""Answers to the challenges as readers write them, a file for each.

`@right` marks those that have to pass. `@wrong(check, *words)` names
the check that an answer has to fail, by the beginning of its title,
and words of what the judge has to say to it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

Answer: TypeAlias = Callable[..., Any]


def right(answer: Answer) -> Answer:
    answer.expected = None
    return answer


def wrong(check: str, *words: str) -> Callable[[Answer], Answer]:
    def mark(answer: Answer) -> Answer:
        answer.expected = (check, words)
        return answer

    return mark
