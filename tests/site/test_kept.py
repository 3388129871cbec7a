"""Results that are kept from one build to the next."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from lossbook.site.kept import kept


class Builds:
    """Builds of one site, which count what they had to make."""

    def __init__(self, folder: Path) -> None:
        self.app = SimpleNamespace(outdir=str(folder / "html"))
        self.made: list[bytes] = []

    def get(self, name: str, sources: str, result: bytes) -> bytes:
        def make() -> bytes:
            self.made.append(result)
            return result

        return kept(self.app, name, sources, make)


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path)


def test_the_same_sources_are_not_made_again(builds: Builds) -> None:
    assert builds.get("deck", "one", b"first") == b"first"
    assert builds.get("deck", "one", b"second") == b"first"
    assert builds.made == [b"first"]


def test_other_sources_are_made(builds: Builds) -> None:
    builds.get("deck", "one", b"first")
    assert builds.get("deck", "two", b"second") == b"second"
    assert builds.get("cases", "two", b"third") == b"third"
    assert builds.get("deck", "two", b"fourth") == b"second"


def test_only_the_latest_is_kept(
    builds: Builds, tmp_path: Path
) -> None:
    for sources in ("one", "two", "three"):
        builds.get("mse-grad.json", sources, b"")
        builds.get("grad.json", sources, b"")
    files = (tmp_path / ".kept").rglob("*")
    assert sum(file.is_file() for file in files) == 2


def test_what_fails_is_not_kept(builds: Builds) -> None:
    def fail() -> bytes:
        raise ValueError("no such formula")

    with pytest.raises(ValueError, match="no such formula"):
        kept(builds.app, "deck", "one", fail)
    assert builds.get("deck", "one", b"whole") == b"whole"
