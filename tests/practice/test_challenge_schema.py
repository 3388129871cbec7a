"""A challenge that is not as it should be is told where and why."""

import pytest

from lossbook import losses
from lossbook.export import Book
from lossbook.plain_markdown import headings_and_labels, numbered
from lossbook.practice import challenges, questions
from lossbook.site.challenge_schema import problems
from lossbook.site.paths import ROOT

GOOD = {
    "id": "huber-a",
    "title": "A",
    "name": "f",
    "task": "Write it.",
    "stub": "def f(x):\n    '''Nothing.'''\n",
    "hints": ["a", "b", "c"],
    "solution": "def f(x):\n    return x\n",
    "truth": "softmax",
    "returns": "number",
    "checks": [{"title": "t", "cases": ["[1.0]"]}],
}


def changed(**fields):
    entry = GOOD | fields
    return {
        name: value
        for name, value in entry.items()
        if value is not None
    }


@pytest.mark.parametrize("slug", challenges.slugs())
def test_the_challenges_of_a_chapter_are_as_they_should_be(slug):
    assert not list(problems(slug, challenges.read(slug)))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"hints": ["a"]}, "huber-a, hints: ['a'] is too short"),
        ({"task": None}, "huber-a: 'task' is a required property"),
        ({"task": ""}, "huber-a, task: '' should be non-empty"),
        ({"id": None}, "challenge 1: 'id' is a required property"),
        ({"id": "Huber A"}, "Huber A, id: 'Huber A' does not match"),
        (
            {"hint": "no"},
            "huber-a: Additional properties are not allowed ('hint'",
        ),
        (
            {"checks": [{"title": "t"}]},
            "huber-a, checks, 0: 'cases' is a required property",
        ),
        ({"returns": "list"}, "huber-a, returns: 'list' is not valid"),
        (
            {"class": "F"},
            "huber-a: 'method' is a dependency of 'class'",
        ),
        ({"large": ["big"]}, "huber-a, large, 0: 'big' is not valid"),
        (
            {"stub": "def g(x):\n    1"},
            "huber-a, stub: does not define f",
        ),
        ({"stub": "def f(x:\n"}, "huber-a, stub: line 1: "),
        (
            {"solution": "losses/huber.py"},
            "huber-a, solution: does not define f",
        ),
    ],
)
def test_a_problem_names_file_challenge_and_field(fields, complaint):
    [found] = problems("huber", [changed(**fields)])
    where = f"lossbook/challenges/huber.yml, {complaint}"
    assert found.startswith(where)


def test_an_id_is_used_once_in_a_chapter():
    [problem] = problems("huber", [GOOD, GOOD])
    assert problem.endswith("id: a challenge before it has the same")


def test_an_id_is_that_of_nothing_else_in_the_book():
    ids = [
        challenge.id
        for slug in challenges.slugs()
        for challenge in challenges.load(slug)
    ]
    taken = {
        question.id
        for slug in questions.slugs()
        for question in questions.load(slug)
    }
    for page in Book(ROOT).pages:
        taken |= dict(headings_and_labels(numbered(page.text))).keys()
    assert len(ids) == len(set(ids))
    assert not taken & set(ids)


def test_an_unknown_challenge_is_told_with_those_there_are():
    with pytest.raises(LookupError, match=r"'huber'.*huber-grad"):
        challenges.find("huber")


def test_every_challenge_stands_in_its_chapter():
    pages = {page.slug: page.text for page in Book(ROOT).pages}
    for slug in challenges.slugs():
        for challenge in challenges.load(slug):
            directive = f":::{{challenge}} {challenge.id}\n:::\n"
            assert pages[slug].count(directive) == 1


def test_the_chapters_own_method_is_printed_in_the_chapter():
    pages = {page.slug: page.text for page in Book(ROOT).pages}
    for slug in challenges.slugs():
        for challenge in challenges.load(slug):
            if challenge.method:
                name, method = challenge.method.split(".")
                printed = getattr(losses, name)
                file = printed.__module__.replace(".", "/")
                assert callable(vars(printed)[method])
                _, after = pages[slug].split("\n## Implement\n")
                assert f"load: ../../{file}.py\n" in after


@pytest.mark.parametrize("slug", challenges.slugs())
def test_stubs_and_solutions_are_narrow_and_short(slug):
    for challenge in challenges.load(slug):
        stub = challenge.stub.splitlines()
        assert max(map(len, stub)) <= 62, challenge.id
        assert len(stub) <= 14, challenge.id
        solution = challenge.solution.splitlines()
        assert max(map(len, solution)) <= 62, challenge.id
        assert len(solution) <= 18, challenge.id
