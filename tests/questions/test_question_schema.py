"""A question that is not as it should be is told where and why."""

import pytest

from lossbook.site.question_schema import problems

GOOD = {
    "id": "huber-a",
    "kind": "choice",
    "place": "end",
    "difficulty": "core",
    "asked": "common",
    "prompt": "Which?",
    "check": "pass",
    "options": [
        {"text": "a", "why": "because", "right": True},
        {"text": "b", "why": "it is not"},
    ],
}


def changed(**fields):
    entry = GOOD | fields
    return {
        name: value
        for name, value in entry.items()
        if value is not None
    }


def test_a_good_question_has_no_problems():
    assert not list(problems("huber", [GOOD]))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"asked": "daily"}, "huber-a, asked: 'daily' is not one of"),
        ({"kind": "guess"}, "huber-a, kind: 'guess' is not one of"),
        ({"check": None}, "huber-a: 'check' is a required property"),
        (
            {"options": None},
            "huber-a: 'options' is a required property",
        ),
        ({"prompt": ""}, "huber-a, prompt: '' should be non-empty"),
        (
            {"hint": "no"},
            "huber-a: Unevaluated properties are not allowed ('hint'",
        ),
        ({"id": None}, "question 1: 'id' is a required property"),
        ({"id": "Huber A"}, "Huber A, id: 'Huber A' does not match"),
        (
            {"id": "mae-a"},
            "mae-a, id: does not begin with the chapter's",
        ),
        (
            {"options": [{"text": "a", "why": "x"}, {"text": "b"}]},
            "huber-a, options, 1: 'why' is a required property",
        ),
        (
            {"options": [GOOD["options"][0]] * 2},
            "huber-a, options: Too many items match",
        ),
        (
            {"kind": "recall", "options": None},
            "huber-a: 'answer' is a required property",
        ),
    ],
)
def test_a_problem_names_file_question_and_field(fields, complaint):
    found = list(problems("huber", [changed(**fields)]))
    where = f"lossbook/questions/huber.yml, {complaint}"
    assert any(problem.startswith(where) for problem in found), found
    assert (
        not any("Unevaluated" in p for p in found) or "hint" in fields
    )


def test_an_id_is_used_once():
    [problem] = problems("huber", [GOOD, GOOD])
    assert problem.endswith(
        "huber-a, id: a question before it has the same"
    )
