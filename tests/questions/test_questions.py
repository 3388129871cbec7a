"""Every question of the book: its form, its numbers, its answer."""

import itertools
import random
import re
import warnings

import numpy as np
import pytest
from author_code import (
    answer_function,
    run_check,
    run_listing,
    symbols_of,
)
from notebook_runs import ROOT
from numbers_in_text import unsupported

from lossbook.practice import questions
from lossbook.practice.expressions import (
    derivation_of,
    expression,
    function,
)
from lossbook.site.question_schema import problems

FILES = questions.slugs()
ALL = [
    pytest.param(question, id=question.id)
    for slug in FILES
    for question in questions.load(slug)
]


def of_kind(*kinds):
    chosen = [case for case in ALL if case.values[0].kind in kinds]
    return pytest.mark.parametrize("question", chosen)


@pytest.mark.parametrize("slug", FILES)
def test_the_file_is_as_the_schema_wants_it(slug):
    assert not list(problems(slug, questions.read(slug)))


def test_no_id_is_used_twice_in_the_book():
    ids = [case.id for case in ALL]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("slug", FILES)
def test_the_chapter_shows_every_question_once(slug):
    [chapter] = (ROOT / "book").rglob(f"{slug}.md")
    shown = re.findall(
        rf"^:::\{{quiz\}} {slug}\n(?::place: ([\w-]+)\n)?:::$",
        chapter.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    places = {question.place for question in questions.load(slug)}
    assert sorted(place or "end" for place in shown) == sorted(places)


@pytest.mark.parametrize("question", ALL)
def test_the_check_passes(question):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # naive code may warn
        run_check(question)


def texts(question):
    fields = question.fields
    yield from (question.prompt, question.explanation)
    yield from (
        text
        for name in ("options", "fixes", "mistakes")
        for option in fields.get(name, [])
        for text in (option.get("text", ""), option["why"])
    )
    yield fields.get("why", "")
    if question.kind == "recall":
        yield fields["answer"]


@pytest.mark.parametrize("question", ALL)
def test_every_number_is_in_the_check(question):
    support = f"{question.check}\n{question.fields.get('code', '')}"
    missing = [
        number
        for text in texts(question)
        for number in unsupported(text, support)
    ]
    assert not missing, f"{question.id}: {missing}"


@of_kind("choice", "bug")
def test_the_right_option_is_not_given_away_by_its_length(question):
    options = question.fields.get(
        "options", question.fields.get("fixes")
    )
    lengths = {
        "right" in option: len(option["text"]) for option in options
    }
    others = [len(o["text"]) for o in options if "right" not in o]
    assert lengths[True] <= 1.6 * max(others) + 8


@pytest.mark.parametrize("slug", FILES)
def test_no_letter_is_right_too_often(slug):
    places = [
        [
            *(
                "right" in option
                for option in question.fields["options"]
            )
        ].index(True)
        for question in questions.load(slug)
        if question.kind == "choice"
    ]
    for letter in range(4):
        assert places.count(letter) <= max(2, len(places) / 2)


@of_kind("numeric")
def test_every_draw_has_an_answer(question):
    answer = answer_function(question)
    draws = [*itertools.product(*question.fields["draw"].values())]
    values = [answer(*map(float, draw)) for draw in draws]
    assert np.isfinite(values).all()
    assert len(set(np.round(values, 12))) >= 4, "learnt by heart"


@of_kind("numeric")
def test_the_prompt_shows_every_number_drawn(question):
    shown = re.findall(r"\{drawn\}`(\w+)`", question.prompt)
    assert sorted(set(shown)) == sorted(question.fields["draw"])


@of_kind("derive")
def test_no_mistake_is_right(question):
    symbols = symbols_of(question)
    right = answer_function(question)
    chance = random.Random(question.id)
    ranges = question.fields["symbols"].values()
    points = [
        [chance.uniform(low, high) for low, high in ranges]
        for _ in range(50)
    ]
    for mistake in question.fields.get("mistakes", []):
        wrong = function(
            expression(
                mistake["answer"],
                symbols,
                question.fields.get("formula", ""),
            ),
            symbols,
        )
        differs = [
            abs(right(*point) - wrong(*point)) > 1e-6
            for point in points
        ]
        assert any(differs), mistake["answer"]


@of_kind("bug")
def test_the_wrong_line_is_a_line_of_code_that_runs(question):
    lines = question.fields["code"].splitlines()
    assert 1 <= question.fields["wrong"] <= len(lines)
    assert max(map(len, lines)) <= 60
    run_listing(question.fields["code"])


@of_kind("order")
def test_the_lines_are_those_of_a_derivation(question):
    count = len(derivation_of(question.fields).lines)
    assert count >= 3
    for group in question.fields.get("either", []):
        assert max(group) <= count
