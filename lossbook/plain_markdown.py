"""MyST Markdown turned into the Markdown that plain Jupyter shows.

Jupyter knows neither directives nor roles nor labels. Admonitions become
quotations, dropdowns become `<details>`, references become links, and
whatever has no counterpart is refused rather than shown as raw text.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, Protocol

from mdit_py_plugins.anchors.index import slugify

Line = tuple[int, str]  # its number in the chapter's file, and its text

ADMONITIONS = ("admonition", "note", "tip", "warning", "important")
DIRECTIVES = (*ADMONITIONS, "dropdown")
OPTIONS = ("class", "name", "open")

_CODE_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_COLON_FENCE = re.compile(r"(\s*)(:{3,})(?:\{([\w-]+)\}\s*(.*?))?\s*")
_OPTION = re.compile(r":([\w-]+):\s*(.*?)\s*")
_LABEL = re.compile(r"\(([^()\s]+)\)=\s*")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*")
_INLINE = re.compile(
    r"""
    (?P<escape>\\.)
    | \{(?P<role>[\w:-]+)\}`(?P<content>[^`]+)`
    | (?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))
    | (?P<math>\$\$.+?\$\$ | \$(?:\\.|[^$\\])+\$)
    | (?P<picture>!?)\[(?P<text>(?:\\.|`[^`]*`|\$[^$]*\$|[^\[\]\\])*)\]
      \((?P<target>(?:[^()]|\([^()]*\))*)\)
    | (?P<footnote>\[\^[^\]]+\])
    | (?P<attributes>(?<=[\])`])\{[^{}]+\})
    """,
    re.VERBOSE,
)
_TITLE_AND_TARGET = re.compile(r"(?:(.*\S)\s*<(.+)>|(.+))")


class NoCounterpart(ValueError):
    """Something in line `number` that plain Jupyter cannot show."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(problem)
        self.number = number


class Links(Protocol):
    """Knows where the references of a chapter lead. All raise LookupError."""

    @property
    def linked_headings(self) -> Collection[str]:
        """The names of headings that some link leads to."""
        ...

    def link(self, target: str) -> tuple[str, str]:
        """The title and address behind the target of a Markdown link.

        Without an address if it is a page that only the site has.
        """
        ...

    def document(self, path: str) -> tuple[str, str]:
        """The title and address of a chapter, by its path without `.md`."""
        ...

    def label(self, name: str) -> tuple[str, str]:
        """The title and address of what has this label."""
        ...

    def picture(self, path: str) -> str:
        """The address of an image."""
        ...


def numbered(text: str, first: int = 1) -> list[Line]:
    return list(enumerate(text.split("\n"), first))


class Call(NamedTuple):
    """A directive in line `number`, for which a notebook needs cells."""

    number: int
    directive: str
    argument: str
    options: dict[str, str]


# Directives that call for cells, and their options.
CALLS = {"quiz": ("place",), "explore": (), "challenge": ()}


def parts_and_calls(
    lines: Sequence[Line],
) -> Iterator[Sequence[Line] | Call]:
    """The text before, between and after such directives.

    Raises:
        NoCounterpart: one of them that is not as it should be.
    """
    start = index = 0
    while index < len(lines):
        rest = lines[index:]
        code = _CODE_FENCE.fullmatch(rest[0][1])
        colons = _COLON_FENCE.fullmatch(rest[0][1])
        if colons and colons[3] in CALLS:
            end = _end_of_directive(rest, colons)
            yield lines[start:index]
            yield _called(rest[0][0], colons, rest[1 : end - 1])
            start = index + end
        else:
            end = _end_of_code(rest, code[1]) if code else 1
        index += end
    yield lines[start:]


def _called(
    number: int, opening: re.Match[str], body: Sequence[Line]
) -> Call:
    name, argument = opening[3], opening[4]
    options, text = _options(body, CALLS[name])
    if not argument or text:
        raise NoCounterpart(
            number, f"{{{name}}} wants one name, and no text of its own"
        )
    return Call(number, name, argument, options)


def plain_markdown(lines: Sequence[Line], links: Links) -> str:
    """The same text for plain Jupyter.

    Raises:
        NoCounterpart: a construct that has none, or a reference to nothing.
    """
    return "\n".join(_blocks(lines, links)).strip("\n")


def headings_and_labels(
    lines: Sequence[Line],
) -> Iterator[tuple[str, str]]:
    """Each name that a reference can use, with the title of what it names.

    A heading's own name is the one that MyST gives it.
    """
    waiting: list[str] = []
    for _, text in _outside_code(lines):
        if found := _LABEL.fullmatch(text):
            waiting.append(found[1])
        elif found := _HEADING.fullmatch(text):
            title = found[1]
            yield from ((label, title) for label in waiting)
            yield heading_name(title), title
            waiting = []
        elif text.strip():
            yield from ((label, "") for label in waiting)
            waiting = []


def heading_name(title: str) -> str:
    return str(slugify(re.sub(r"\$[^$]*\$|[`*]", "", title)))


def plain_text(text: str, number: int, links: Links) -> str:
    """The roles, links and images of one line."""

    def replaced(found: re.Match[str]) -> str:
        if found["role"]:
            return _role(found["role"], found["content"], links)
        if found["footnote"]:
            raise LookupError(f"{found[0]}: Jupyter shows no footnotes")
        if found["attributes"]:
            raise LookupError(
                f"{found[0]}: Jupyter knows no attributes"
            )
        if found["target"] is None:
            return found[0]
        if found["picture"]:
            return (
                f"![{found['text']}]({links.picture(found['target'])})"
            )
        title, address = links.link(found["target"])
        # The text of a link may hold roles in its turn.
        text = plain_text(found["text"], number, links) or title
        return _linked(text, address)

    try:
        return _INLINE.sub(replaced, text)
    except LookupError as problem:
        raise NoCounterpart(number, str(problem.args[0])) from None


def _role(role: str, content: str, links: Links) -> str:
    if role == "math":
        return f"${content}$"
    find: dict[str, Callable[[str], tuple[str, str]]] = {
        "doc": links.document,
        "ref": links.label,
    }
    if role not in find:
        raise LookupError(
            f"unknown role {{{role}}}; there are: doc, math, ref"
        )
    parts = _TITLE_AND_TARGET.fullmatch(content)
    assert parts is not None  # `content` is not empty and of one line
    title, address = find[role](parts[2] or parts[3])
    return _linked(parts[1] or title, address)


def _linked(text: str, address: str) -> str:
    return f"[{text}]({address})" if address else text


def _blocks(lines: Sequence[Line], links: Links) -> Iterator[str]:
    rest = list(lines)
    while rest:
        number, text = rest[0]
        if code := _CODE_FENCE.fullmatch(text):
            if code[2].lstrip().startswith("{"):
                raise NoCounterpart(
                    number,
                    f"{text.strip()}: write directives with colons, :::",
                )
            end = _end_of_code(rest, code[1])
            yield from (line for _, line in rest[:end])
        elif colons := _COLON_FENCE.fullmatch(text):
            end = _end_of_directive(rest, colons)
            yield from _directive(
                number, colons[3], colons[4], rest[1 : end - 1], links
            )
        elif text.lstrip().startswith("$$"):
            end = _end_of_math(rest)
            yield "\n".join(line for _, line in rest[:end])
        else:
            end = 1
            yield from _line(number, text, links)
        rest = rest[end:]


def _line(number: int, text: str, links: Links) -> Iterator[str]:
    if label := _LABEL.fullmatch(text):
        yield from _anchor(label[1])
    elif heading := _HEADING.fullmatch(text):
        if (name := heading_name(heading[1])) in links.linked_headings:
            yield from _anchor(name)
        yield plain_text(text, number, links)
    elif re.match(r":\s+\S", text):
        raise NoCounterpart(number, "Jupyter shows no definition lists")
    elif not text.startswith("%"):  # a comment
        yield plain_text(text, number, links)


def _anchor(name: str) -> list[str]:
    return [f'<div id="{name}"></div>', ""]


def _directive(
    number: int,
    name: str,
    title: str,
    body: Sequence[Line],
    links: Links,
) -> Iterator[str]:
    if name not in DIRECTIVES:
        known = ", ".join(DIRECTIVES)
        raise NoCounterpart(
            number, f"unknown directive {{{name}}}; there are: {known}"
        )
    options, body = _options(body, OPTIONS)
    if "name" in options:
        yield from _anchor(options["name"])
    if name in ("admonition", "dropdown") and not title:
        raise NoCounterpart(number, f"{{{name}}} wants a title")
    if name == "dropdown":
        opening = "<details open>" if "open" in options else "<details>"
        summary = _html(plain_text(title, number, links))
        yield from [opening, f"<summary>{summary}</summary>", ""]
        yield from _blocks(body, links)
        yield from ["", "</details>"]
    else:
        if (
            name != "admonition"
        ):  # What follows the name is the text's beginning.
            body = [(number, title), *body] if title else body
            title = name.capitalize()
        yield f"> **{plain_text(title, number, links)}**"
        yield ">"
        # A formula on one line: Jupyter takes formulas out before it
        # sees what is quoted, with any > at the start of a line in them.
        yield from (
            f"> {block}".rstrip().replace("\n", " ")
            for block in _blocks(body, links)
        )


def _options(
    body: Sequence[Line], allowed: Sequence[str]
) -> tuple[dict[str, str], Sequence[Line]]:
    options: dict[str, str] = {}
    for index, (number, text) in enumerate(body):
        found = _OPTION.fullmatch(text)
        if not found:
            return options, body[index:]
        if found[1] not in allowed:
            known = ", ".join(allowed)
            raise NoCounterpart(
                number,
                f"unknown option {found[1]!r}; there are: {known}",
            )
        options[found[1]] = found[2]
    return options, []


def _html(text: str) -> str:
    """A line inside HTML, where Markdown marks mean nothing; math stays."""
    marks = {"`": "code", "**": "strong", "*": "em"}

    def tagged(found: re.Match[str]) -> str:
        if not found["mark"]:
            return found[0]
        tag = marks[found["mark"]]
        return f"<{tag}>{found['inner']}</{tag}>"

    pattern = r"\$[^$]+\$|(?P<mark>`|\*\*|\*)(?P<inner>.+?)(?P=mark)"
    return re.sub(pattern, tagged, text)


def _outside_code(lines: Sequence[Line]) -> Iterator[Line]:
    rest = list(lines)
    while rest:
        code = _CODE_FENCE.fullmatch(rest[0][1])
        if not code:
            yield rest[0]
        rest = rest[_end_of_code(rest, code[1]) if code else 1 :]


def _end_of_code(lines: Sequence[Line], fence: str) -> int:
    for index, (_, text) in enumerate(lines[1:], 2):
        stripped = text.strip()
        if stripped.startswith(fence) and set(stripped) == {fence[0]}:
            return index
    return len(lines)  # As Markdown has it: to the end.


def _end_of_directive(
    lines: Sequence[Line], opening: re.Match[str]
) -> int:
    number, text = lines[0]
    indent, colons, name, _ = opening.groups()
    if not name:
        raise NoCounterpart(
            number, f"{text.strip()} closes nothing, or names nothing"
        )
    if indent:
        raise NoCounterpart(
            number, "a directive must start at the margin"
        )
    for index, (_, line) in enumerate(lines[1:], 2):
        if line.startswith(colons) and set(line.strip()) == {":"}:
            return index
    raise NoCounterpart(
        number,
        f"{{{name}}} is not closed before the next code cell or the end",
    )


def _end_of_math(lines: Sequence[Line]) -> int:
    number, text = lines[0]
    rest = text.strip()[2:]
    for index, (_, line) in enumerate([(number, rest), *lines[1:]], 1):
        if "$$" in line:
            if not line.rstrip().endswith("$$"):
                raise NoCounterpart(
                    number, "Jupyter knows no labelled equations"
                )
            return index
    raise NoCounterpart(number, "$$ is not closed")
