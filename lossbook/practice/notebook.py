"""The questions of a chapter, as a notebook shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lossbook.practice import questions
from lossbook.practice.questions import Question
from lossbook.practice.sides import sides


@dataclass(frozen=True)
class Quiz:
    """Questions with their answers folded away."""

    questions: Sequence[Question]

    def _repr_markdown_(self) -> str:
        return "\n\n---\n\n".join(map(_card, self.questions))


def quiz(chapter: str, place: str = "end") -> Quiz:
    """The questions of a chapter that belong to one place in it.

    Raises:
        ValueError: There are none.
    """
    chosen = [
        question
        for question in questions.load(chapter)
        if question.place == place
    ]
    if not chosen:
        raise ValueError(f"no question of {chapter} is for {place!r}")
    return Quiz(chosen)


def _card(question: Question) -> str:
    shown, answer = sides(question)
    folded = "<details>\n<summary>Answer</summary>"
    return "\n\n".join([shown, folded, answer, "</details>"])
