"""What a derivation's JSON becomes."""

from docutils import nodes

from lossbook.site.derivation import rows


def line(how: str, mark: str) -> dict[str, str]:
    return {"tex": "x", "reason": "because", "how": how, "mark": mark}


STEPS = rows(
    {
        "lhs": "L",
        "lines": [line("given", "given"), line("proved", "✓ proved")],
    },
    lambda text: nodes.inline(text=text, classes=["reason"]),
).next_node(nodes.enumerated_list)


def test_only_the_first_line_has_a_left_hand_side():
    formulas = [
        [math.astext() for math in step.findall(nodes.math)]
        for step in STEPS
    ]
    assert formulas == [
        [r"\displaystyle L", r"\displaystyle {} = x"],
        [r"\displaystyle {} = x"],
    ]


def test_each_line_says_why_and_how_it_was_checked():
    said = [[part.astext() for part in step[1]] for step in STEPS]
    assert said == [
        ["because", "\u2002", "given"],
        ["because", "\u2002", "✓ proved"],
    ]
    assert [step[1][-1]["classes"] for step in STEPS] == [
        ["check", "check-given"],
        ["check", "check-proved"],
    ]
