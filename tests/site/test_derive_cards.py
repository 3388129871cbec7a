"""What the cards of typed formulas carry into their page."""

import json

from built_site import SITE, pages, soup


def cards():
    found = [
        card
        for path in pages()
        for card in soup(path).select("[data-kind=derive]")
    ]
    assert found
    return found


def test_every_mistake_has_its_sentence():
    for card in cards():
        points = json.loads(card["data-points"])
        told = card.select(".mistakes[hidden] > li")
        mistakes = len(points["mistakes"]) + len(points["multiples"])
        assert len(told) == mistakes
        assert all(why.get_text(strip=True) for why in told)


def test_every_point_has_its_values():
    for card in cards():
        points = json.loads(card["data-points"])
        for values in [points["right"], *points["mistakes"]]:
            assert len(values) == len(points["at"])


def test_the_rules_for_what_only_scripts_make_are_kept():
    css = (SITE / "_static/styles/book.css").read_text(encoding="utf-8")
    for name in ("formula", "preview", "verdict", "cases"):
        assert f".{name}" in css, name
