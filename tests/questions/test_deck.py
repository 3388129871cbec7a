"""The Anki deck, opened again and compared with the questions."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sympy as sp
from notebook_runs import ROOT

from lossbook.export import Book
from lossbook.practice import questions
from lossbook.practice.expressions import (
    answer_of,
    derivation_of,
    written,
)
from lossbook.practice.questions import Question
from lossbook.site import deck
from lossbook.symbolic import tex

MOMENT = 1_700_000_000.0
BOOK = Book(ROOT)
ALL = [
    pytest.param(question, id=question.id)
    for slug in questions.slugs()
    for question in questions.load(slug)
]
EVERY = [case.values[0] for case in ALL]
# All that a card is made of.
TAGS = {
    *("p", "div", "span", "ul", "ol", "li", "code", "pre"),
    *("em", "strong", "table", "thead", "tbody", "tr", "th", "td"),
}


class Package:
    """What stands in an .apkg file: its decks, models and notes."""

    def __init__(self, made, folder, moment=MOMENT):
        file = folder / "lossbook.apkg"
        file.write_bytes(deck.packed(made, moment))
        with zipfile.ZipFile(file) as archive:
            archive.extract("collection.anki2", folder)
        with closing(
            sqlite3.connect(folder / "collection.anki2")
        ) as db:
            [(decks, models)] = db.execute(
                "SELECT decks, models FROM col"
            )
            self.notes = db.execute(
                "SELECT guid, mid, tags, flds, mod FROM notes"
            ).fetchall()
            self.deck_of = dict(
                db.execute(
                    "SELECT guid, did FROM cards "
                    "JOIN notes ON notes.id = cards.nid"
                )
            )
            [(self.cards,)] = db.execute("SELECT count(*) FROM cards")
        self.models = json.loads(models)
        self.decks = {
            int(number): entry["name"]
            for number, entry in json.loads(decks).items()
        }
        self.fields = {
            guid: fields.split("\x1f")
            for guid, _, _, fields, _ in self.notes
        }


class Reader(HTMLParser):
    """The text that HTML shows, and which elements it has."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags = set()
        self.open = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert {name for name, _ in attrs} <= {"class"}, attrs
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        # What is code is no math, and the other way round.
        self.text += data


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return Package(
        deck.decks(BOOK.chapters), tmp_path_factory.mktemp("deck")
    )


def guid(question):
    return deck.note(question).guid


def a_question(prompt, **fields):
    return Question(
        chapter="huber",
        id="huber-of-a-test",
        kind="recall",
        place="end",
        difficulty="core",
        asked="common",
        prompt=prompt,
        explanation="",
        check="",
        fields={"answer": "So.", **fields},
    )


def bare(text):
    """Words, digits and signs, without Markdown's and TeX's frames."""
    text = re.sub(r"(?m)^\s*([-*]|\d+\.)\s+", "", text)
    return re.sub(r"[\s`*$\\()\[\]{}|\"'“”‘’]", "", text)


def texts(question):
    """What the YAML says that the front shows, and the back."""
    fields = question.fields
    options = fields.get("options", fields.get("fixes", []))
    front = [
        *re.split(r"\{drawn\}`\w+`", question.prompt),
        *(option["text"] for option in options),
        fields.get("code", ""),
    ]
    back = [question.explanation, fields.get("why", "")]
    back += [option["why"] for option in options]
    if question.kind == "recall":
        back.append(fields["answer"])
    return front, back


def test_every_question_is_one_note_with_one_card(package):
    assert len(package.notes) == package.cards == len(EVERY)
    assert set(package.fields) == set(map(guid, EVERY))


def test_every_chapter_is_a_deck_of_its_questions(package):
    titles = {page.slug: page.title for page in BOOK.chapters}
    for question in EVERY:
        name = package.decks[package.deck_of[guid(question)]]
        title = titles[question.chapter]
        assert name == f"Loss Functions by Hand::{title}"


@pytest.mark.parametrize("question", ALL)
def test_a_note_says_what_its_question_says(package, question):
    front, back, _ = map(Reader, package.fields[guid(question)])
    shown, answered = texts(question)
    for text in shown:
        assert bare(text) in bare(front.text)
    for text in answered:
        assert bare(text) in bare(back.text)
    assert front.tags | back.tags <= TAGS


@pytest.mark.parametrize("question", ALL)
def test_no_markdown_is_left(package, question):
    for html in package.fields[guid(question)]:
        assert not re.search(r"\{\w+\}<code", html)
        text = re.sub(r"(?s)<code.*?</code>", "", html)
        assert not re.search(r"[$`]", text)


@pytest.mark.parametrize(
    "question",
    [case for case in ALL if case.values[0].kind == "numeric"],
)
def test_a_number_is_that_of_the_first_draw(package, question):
    front, back, _ = map(Reader, package.fields[guid(question)])
    draw = question.fields["draw"]
    first = {name: values[0] for name, values in draw.items()}
    for value in first.values():
        assert f"{value:g}".replace("-", "−") in front.text
    answer = answer_of(question.fields, draw)
    values = {
        symbol: first[symbol.name] for symbol in answer.free_symbols
    }
    expected = float(answer.subs(values).rewrite(sp.exp))
    said = back.text.split()[0].replace("−", "-")
    assert float(said) == pytest.approx(expected, rel=5e-4, abs=1e-12)
    assert expected.is_integer() or len(said.strip("-0.")) <= 5


@pytest.mark.parametrize(
    "question",
    [case for case in ALL if case.values[0].kind == "derive"],
)
def test_the_answer_of_a_derivation_is_display_math(package, question):
    _, back, _ = map(Reader, package.fields[guid(question)])
    fields = question.fields
    right = tex(written(fields, fields["symbols"]))
    assert back.text.strip().startswith(rf"\[{right}\]")


@pytest.mark.parametrize(
    "question", [case for case in ALL if case.values[0].kind == "order"]
)
def test_lines_to_order_are_shuffled_in_front_only(package, question):
    front, back, _ = package.fields[guid(question)]
    lines = [
        rf"\(\displaystyle {tex(line.expr)}\)"
        for line in derivation_of(question.fields).lines
    ]

    def items(html):
        found = re.findall(r"(?s)<li>(.*?)</li>", html)
        return [Reader(item).text.strip() for item in found]

    def found(html):
        return [
            next(n for n, line in enumerate(lines) if line in text)
            for text in items(html)
        ]

    assert found(back) == [*range(len(lines))]
    assert sorted(found(front)) == [*range(len(lines))]
    assert found(front) != found(back)
    # A reason such as "definition" would give its line's place away.
    assert all(text.endswith((*lines,)) for text in items(front))


def test_math_has_ankis_delimiters():
    shown, answer, _ = deck.note(
        a_question(
            "Is $a<b$?", answer="$$\na\n\\le b\n$$\n\nNot `$c$`."
        )
    ).fields
    assert shown == (
        '<p>Is <span class="math inline">\\(a&lt;b\\)</span>?</p>\n'
    )
    assert "\\[a\n\\le b\\]" in answer
    assert "<code>$c$</code>" in answer


def test_code_is_preformatted():
    shown, *_ = deck.note(
        a_question("```python\nif a < b:\n    c & d\n```")
    ).fields
    assert re.fullmatch(
        r"<pre><code.*>if a &lt; b:\n    c &amp; d\n</code></pre>\n",
        shown,
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "1 < 2 & 3 > 2",
        "`<img src=x onerror=y>`",
        "$a<b>c$",
        "[b](javascript:alert)",
        "[b](../regression/huber.md)",
        "$$\n<b>\n$$",
        "```\n<style>\n```",
    ],
)
def test_a_text_is_never_html(text):
    for html in deck.note(a_question(text, answer=text)).fields:
        reader = Reader(html)
        assert reader.tags <= TAGS
        assert "<" not in re.sub(
            r"</?[a-z]+( class=\"[^\"]*\")?>", "", html
        )


def test_a_changed_text_keeps_the_guid():
    before = a_question("Before?")
    after = replace(before, prompt="After?", difficulty="hard")
    assert guid(before) == guid(after)
    assert guid(before) != guid(replace(before, id="huber-another"))


def test_ids_stay():
    # What readers have imported is known by these.
    assert guid(a_question("?")) == "DH||>z;?a2"
    made = deck.deck("huber", "Huber", [])
    assert made.deck_id == deck.deck("huber", "Renamed", []).deck_id
    assert made.deck_id == 1_935_265_348
    assert deck.MODEL.model_id == 1_476_203_911
    names = [field["name"] for field in deck.MODEL.fields]
    assert names == ["Question", "Answer", "About"]


def test_no_two_decks_have_one_id():
    ids = [
        deck.deck(page.slug, "", []).deck_id for page in BOOK.chapters
    ]
    assert len(ids) == len(set(ids))


def test_tags_find_chapter_kind_and_difficulty(package):
    tags = {guid: tags.split() for guid, _, tags, *_ in package.notes}
    for question in EVERY:
        expected = (
            *(question.chapter, question.kind),
            *(question.difficulty, question.asked),
        )
        assert tags[guid(question)] == [*expected]


def test_the_same_questions_make_the_same_notes(package, tmp_path):
    again = Package(deck.decks(BOOK.chapters), tmp_path)
    assert again.notes == package.notes
    assert again.models == package.models


def test_a_later_deck_is_newer(package, tmp_path):
    # Anki replaces a note only by a newer one.
    later = Package(deck.decks(BOOK.chapters), tmp_path, MOMENT + 60)
    assert {note[-1] for note in package.notes} == {int(MOMENT)}
    assert {note[-1] for note in later.notes} == {int(MOMENT) + 60}
