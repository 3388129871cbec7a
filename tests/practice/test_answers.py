"""The judge tells right answers from wrong ones, and says what is wrong."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from lossbook.practice import cases, challenges
from lossbook.practice.judge import judge_object, judge_text

CHALLENGES = {
    challenge.id: challenge
    for chapter in challenges.slugs()
    for challenge in challenges.load(chapter)
}


@cache
def package(name):
    return cases.package(CHALLENGES[name])


def answers(name):
    module = import_module(f"answers.{name.replace('-', '_')}")
    return [one for one in vars(module).values() if is_answer(one)]


def is_answer(value):
    return hasattr(value, "expected")


def all_answers(right):
    return [
        pytest.param(name, answer, id=f"{name}-{answer.__name__}")
        for name in CHALLENGES
        for answer in answers(name)
        if (answer.expected is None) == right
    ]


@pytest.mark.parametrize(("name", "answer"), all_answers(right=True))
def test_a_right_answer_passes(name, answer):
    verdict = judge_object(answer, package(name))
    failed = [check for check in verdict.checks if not check.passed]
    assert verdict.problem is None
    assert not failed
    assert verdict.passed


@pytest.mark.parametrize(("name", "answer"), all_answers(right=False))
def test_a_wrong_answer_fails_for_the_right_reason(name, answer):
    title, words = answer.expected
    verdict = judge_object(answer, package(name))
    assert verdict.problem is None
    assert not verdict.passed
    [check] = [c for c in verdict.checks if c.title.startswith(title)]
    assert not check.passed, [c for c in verdict.checks if not c.passed]
    assert words
    for word in words:
        assert word in check.means
    # No failure is without an explanation.
    assert all(one.means for one in verdict.checks if not one.passed)


@pytest.mark.parametrize("name", CHALLENGES)
def test_there_are_answers_enough(name):
    found = [answer.expected for answer in answers(name)]
    assert sum(expected is None for expected in found) >= 3
    assert sum(expected is not None for expected in found) >= 8


@pytest.mark.parametrize("name", CHALLENGES)
def test_the_printed_solution_passes(name):
    verdict = judge_text(CHALLENGES[name].solution, package(name))
    assert '"passed": true, "output": "", "problem": null' in verdict


def test_every_file_answers_a_challenge():
    files = Path(__file__).with_name("answers").glob("[!_]*.py")
    names = {file.stem.replace("_", "-") for file in files}
    assert names == set(CHALLENGES)
