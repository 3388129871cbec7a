"""A check knows which option or fix is right: of any other it complains."""

import warnings
from copy import deepcopy
from dataclasses import replace

import pytest
from author_code import run_check

from lossbook.practice import questions

ALL = [
    question
    for slug in questions.slugs()
    for question in questions.load(slug)
]


def of_kind(kind):
    """Its questions, each with every option that could be mismarked."""
    name = "fixes" if kind == "bug" else "options"
    return pytest.mark.parametrize(
        ("question", "index"),
        [
            pytest.param(
                question, index, id=f"{question.id}-{index + 1}"
            )
            for question in ALL
            if question.kind == kind
            for index, option in enumerate(question.fields[name])
            if kind == "multiple" or "right" not in option
        ],
    )


def check_complains(question, name, options):
    fields = {**question.fields, name: options}
    marked = replace(question, fields=fields)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # naive code may warn
        with pytest.raises(AssertionError):
            run_check(marked)


def only_right(options, index):
    options = deepcopy(options)
    for option in options:
        option.pop("right", None)
    options[index]["right"] = True
    return options


@of_kind("choice")
def test_no_other_option_passes_for_the_right_one(question, index):
    options = question.fields["options"]
    check_complains(question, "options", only_right(options, index))


@of_kind("bug")
def test_no_other_fix_passes_for_the_right_one(question, index):
    fixes = question.fields["fixes"]
    check_complains(question, "fixes", only_right(fixes, index))


@of_kind("multiple")
def test_no_option_can_change_sides(question, index):
    options = deepcopy(question.fields["options"])
    if not options[index].pop("right", False):
        options[index]["right"] = True
    check_complains(question, "options", options)
