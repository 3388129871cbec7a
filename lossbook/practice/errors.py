"""What Python and NumPy say in their own words, said plainly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

OVERFLOW = ("OverflowError", "FloatingPointError")
MORE = "A function is called here with more arguments than it takes."
# By words of the error's message, the first that fits.
KNOWN = {
    "RecursionError": "The function calls itself without an end.",
    "ZeroDivisionError": "Plain Python refuses to divide by 0.",
    "NotImplementedError": "This part is not written yet.",
    "SystemExit": "exit() and quit() end the program: to end the"
    " function, `return` its result.",
    "EOFError": "Nobody can type anything here: `input` waits in vain.",
    "MemoryError": "The array is too large: as large as the batch, not"
    " as all of its pairs, is enough.",
    "AxisError": "The array has fewer axes than that: axis=-1 is the"
    " last one, whatever their number.",
    "truth value of an array": "`if`, `and`, `or`, `not`, `max` and"
    " `min` want one truth value, and an array has many: np.where, &,"
    " |, ~, np.maximum and np.minimum take arrays.",
    "can be converted to Python scalars": "`float` and the functions of"
    " `math` take one number: those of NumPy take arrays.",
    "could not be broadcast": "These shapes do not fit:"
    " `keepdims=True` keeps the axis that a sum or a maximum drops.",
    "Cannot cast ufunc": "An array of integers cannot become fractions"
    " in its place: make a new one, of floats.",
    "'bitwise_xor'": "`^` is no power in Python: that is `**`.",
    "required positional argument": "A function is called here with"
    " fewer arguments than it takes.",
    "were given": MORE,
    "was given": MORE,
    "is not defined": "Python does not know this name here: is it"
    " misspelt, or an import or an assignment missing?",
}
USUALLY = "An error was raised where a value was to be returned."


def of_error(message: str, check: Mapping[str, Any]) -> str:
    """What an error in a check means."""
    if message.startswith(OVERFLOW):
        too_large = "A number is too large for a float."
        return str(check.get("overflow", too_large))
    return next(
        (means for words, means in KNOWN.items() if words in message),
        USUALLY,
    )


# What looks like a character of Python's, and is none.
LOOKS = dict(
    zip("“”„‘’。、【】−–—×÷·", '"""\'\'.,[]---*/*', strict=True)
) | {"≤": "<=", "≥": ">=", "≠": "!="}


def of_code(error: BaseException, source: str) -> str:
    """More words for code that does not run, or none.

    Args:
        source: The line.
    """
    if isinstance(error, ModuleNotFoundError):
        return "there are only NumPy and Python's own library"
    if isinstance(error, TabError):
        return "indent every line with spaces, and none with tabs"
    if not isinstance(error, SyntaxError):
        return ""
    if source.startswith((">>>", "...")):
        return "the prompts >>> and ... are no part of the code"
    if source.startswith("```"):
        return "the ``` of Markdown is no part of the code"
    return _of_character(error.msg)


def _of_character(message: str) -> str:
    found = re.search(r"character (?:'(.)' \()?U\+([0-9A-F]+)", message)
    if not found:
        return ""
    character = chr(int(found[2], 16))
    meant = LOOKS.get(character) or normalize("NFKC", character)
    if meant == " ":
        return "that is a wide or a fixed space: type a plain one"
    if not character.isprintable():
        return "it cannot be seen: delete it"
    if not meant.isascii():
        return ""
    wide = "a full-width character" if character > "　" else "not ASCII"
    return f"that is {wide}: type {meant} in its place"
