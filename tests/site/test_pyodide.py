"""The setting that says where Python comes from."""

from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from lossbook.site.pyodide import DEFAULT, check


def checked(address: object) -> None:
    nothing: Any = None
    config: Any = SimpleNamespace(lossbook_pyodide=address)
    check(nothing, config)


@pytest.mark.parametrize(
    "address",
    [
        DEFAULT,
        "http://127.0.0.1:8000/",
        "pyodide/",
        "/books/pyodide/",
        "../pyodide/",
    ],
)
def test_an_address_or_a_path_is_taken(address: str):
    checked(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://python.example/full",
        "https:///full/",
        "ftp://python.example/",
        "javascript:alert(1)/",
        "//python.example/",
        "with a space/",
        "pyodide/?x=/",
        "",
        29,
        None,
    ],
)
def test_anything_else_is_refused_by_name(address: object):
    with pytest.raises(ExtensionError) as told:
        checked(address)
    assert f"lossbook_pyodide is {address!r}" in str(told.value)
