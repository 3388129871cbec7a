"""Errors are said plainly, those of a Chinese keyboard too."""

from io import StringIO

import numpy as np
import pytest

from lossbook.practice.errors import USUALLY, of_code, of_error


def message_of(function):
    with pytest.raises(Exception) as caught:  # noqa: PT011
        function()
    return f"{caught.type.__name__}: {caught.value}"


X = np.array([1.0, 2.0])


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda: 1 if X > 1 else 0, "np.where"),
        (lambda: max(X[:, None], X), "np.maximum"),
        (lambda: float(X), "those of NumPy take arrays"),
        (lambda: X + np.ones(3), "keepdims"),
        (lambda: X.sum(axis=1), "axis=-1"),
        (lambda: X ^ 2, "`**`"),
        (lambda: np.subtract(X, X, out=X.astype(int)), "make a new"),
        (lambda: undefined, "misspelt"),  # noqa: F821
        (lambda: (lambda x: x)(), "fewer arguments"),
        (lambda: (lambda x: x)(1, 2), "more arguments"),
        (lambda: 1 / 0, "divide by 0"),
        (lambda: input(), "waits in vain"),
        (lambda: np.zeros(2**50), "too large"),
        (lambda: {}["a"], USUALLY),
    ],
)
def test_what_numpy_and_python_raise_is_explained(
    function, words, monkeypatch
):
    monkeypatch.setattr("sys.stdin", StringIO())
    assert words in of_error(message_of(function), {})


def test_an_overflow_is_told_as_the_check_says():
    for name in ("OverflowError", "FloatingPointError"):
        told = of_error(f"{name}: too large", {"overflow": "Choose."})
        assert told == "Choose."
        assert "float" in of_error(f"{name}: too large", {})


def explained(line):
    with pytest.raises(SyntaxError) as caught:
        compile(line, "", "exec")
    return of_code(caught.value, line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("f（x)", "full-width character: type ( in"),
        ("f(x）", "full-width character: type ) in"),
        ("f(x，y)", "full-width character: type , in"),
        ("if x：", "full-width character: type : in"),
        ("x ＝ 1", "full-width character: type = in"),
        ("x * ２", "full-width character: type 2 in"),
        ("x。copy()", "full-width character: type . in"),
        ("x[0、1]", "full-width character: type , in"),
        ("【1】", "full-width character: type [ in"),
        ("“a”", 'not ASCII: type " in'),
        ("a − b", "not ASCII: type - in"),
        ("a ≤ b", "not ASCII: type <= in"),
        ("a × b", "not ASCII: type * in"),
        ("　return", "type a plain one"),
        ("a\u00a0+ b", "type a plain one"),
        ("a\u200b + b", "cannot be seen: delete it"),
        ("a € b", ""),
        (">>> a = 1", "the prompts >>>"),
        ("```python", "Markdown"),
        ("if a:\n\tb\n        c", "and none with tabs"),
        ("a b", ""),
    ],
)
def test_what_cannot_be_parsed_is_explained(line, words):
    found = explained(line)
    assert words in found
    assert bool(found) == bool(words)


def test_a_library_that_is_not_there_is_explained():
    missing = ModuleNotFoundError("No module named 'torch'")
    assert "only NumPy" in of_code(missing, "import torch")
    assert of_code(ValueError("a"), "a") == ""
