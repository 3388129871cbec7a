"""A tiny run, through its processes, to its files."""

import json
import sys

import pytest

from bench import __main__ as command
from bench.cases import Case
from bench.memory import PROCESS
from bench.progress import Progress
from bench.report import report, table
from bench.run import run
from bench.worker import environment

CASES = [
    Case("ce", (8, 5), "float32"),
    Case("mse", (10**6,), "float32"),
]
PEERS = ["ours", "textbook", "ceilings"]


@pytest.fixture(scope="module")
def record():
    return run(CASES, PEERS, seconds=0.0, with_book=False)


def test_every_case_is_timed_on_one_thread_and_on_two(record):
    found = [
        (case["case"], case["threads"]) for case in record["cases"]
    ]
    names = [case.name for case in CASES]
    assert found == [(n, threads) for threads in (1, 2) for n in names]


def test_every_time_has_minimum_median_and_kind(record):
    for case in record["cases"]:
        assert case["refused"] == []
        kinds = {e["name"]: e["kind"] for e in case["results"]}
        assert kinds["fused, out="] == "value and gradient"
        assert kinds["memory copy"] == "ceiling"
        assert ("NumPy's exp" in kinds) == (case["loss"] == "ce")
        for entry in case["results"]:
            assert entry["rounds"] >= 3
            assert 0 < entry["minimum"] <= entry["median"]


def test_memory_is_that_of_the_gradient_or_none(record):
    mse = record["memory"][1]
    assert mse["input"] == 4e6
    peaks = mse["peaks"]
    assert set(peaks) == {
        "fused, out=",
        "fused",
        "plain class",
        "textbook NumPy",
    }
    if (PROCESS / "clear_refs").exists():
        assert peaks["fused, out="] < 1e6
        # The gradient, and for the textbook r², of 4 MB each.
        assert peaks["fused"] == pytest.approx(4e6, abs=1e6)
        assert peaks["textbook NumPy"] == pytest.approx(8e6, abs=1e6)
    else:
        assert set(peaks.values()) == {None}


def test_the_report_says_all_of_it(record):
    text = report(json.loads(json.dumps(record)))
    machine = record["machine"]
    for words in (
        record["date"],
        machine["processor"],
        machine["instruction_set"],
        machine["versions"]["numpy"],
        "## ce 8×5 float32, 1 thread\n",
        "## mse 1000000 float32, 2 threads\n",
        "min ms",
        "median ms",
        "memory copy (ceiling)",
        "NumPy's exp, in blocks (ceiling)",
        "## Peak extra memory",
    ):
        assert words in text


RATIO = {"minima": 0.5, "low": 0.25, "high": 0.75}
ENTRY = {"minimum": 1e-3, "median": 2e-3, "cores": 1.0, "rounds": 9}


def test_ratio_refusal_and_book_are_reported(record):
    shown = {
        **record,
        "cases": [
            {
                **record["cases"][0],
                "results": [
                    {
                        "name": "Peer",
                        "kind": "value and gradient",
                        "ratio": RATIO,
                        **ENTRY,
                    },
                    {"name": "Half", "kind": "value only", **ENTRY},
                ],
                "refused": ["Other: its value is 1.0, ours 2.0"],
            }
        ],
        "book": {
            "builds": {"cold": {"seconds": 80.0, "notebooks": 60.0}},
            "pages": {
                "regression/mse": {
                    "html": 90_000,
                    "html_gzip": 20_000,
                    "all_gzip": 50_000,
                }
            },
        },
    }
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in report(shown).splitlines()
    ]
    assert ["Peer", "1", "2", "0.50", "0.25–0.75", "1.0", "9"] in lines
    assert ["Half (value only)", "1", "2", "", "", "1.0", "9"] in lines
    assert ["Refused: Other: its value is 1.0, ours 2.0"] in lines
    assert ["cold", "80.0", "60.0", "75%"] in lines
    assert ["regression/mse", "90", "20", "50"] in lines


def test_columns_are_padded():
    assert table(["a", "bb"], [["long", "1"]]) == (
        "| a    | bb |\n|------|---:|\n| long |  1 |\n"
    )


def test_a_worker_is_held_to_its_threads():
    variables = environment("time", 2)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NPROC"):
        assert variables[name] == "2"


def test_only_memory_is_measured_with_slow_allocations():
    # They would slow down whoever allocates more.
    assert not any("MALLOC" in name for name in environment("time", 1))
    assert any("MALLOC" in name for name in environment("memory", 1))


@pytest.mark.parametrize(
    ("flags", "absent"),
    [(["--record", "--quick"], []), (["--record"], ["JAX"])],
)
def test_a_partial_run_is_not_recorded(monkeypatch, flags, absent):
    monkeypatch.setattr(sys, "argv", ["bench", *flags])
    monkeypatch.setattr(command, "missing", lambda: absent)
    with pytest.raises(SystemExit, match="To record"):
        command.main()


def test_files_are_written_and_a_refusal_fails(
    monkeypatch, tmp_path, record, capsys
):
    first = {**record["cases"][0], "refused": ["Peer: its value is 1"]}
    found = {**record, "cases": [first]}
    monkeypatch.setattr(sys, "argv", ["bench", "--record"])
    monkeypatch.setattr(command, "missing", lambda: [])
    monkeypatch.setattr(command, "OUTPUT", tmp_path)
    monkeypatch.setattr(command, "RECORDED", tmp_path / "recorded.json")
    monkeypatch.setattr(command, "run", lambda *_, **__: found)
    with pytest.raises(SystemExit, match="Refused"):
        command.main()
    written = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert written["cases"][0]["refused"] == ["Peer: its value is 1"]
    assert (tmp_path / "bench.md").read_text("utf-8") in (
        capsys.readouterr().out
    )
    assert not (tmp_path / "recorded.json").exists()

    found["cases"] = record["cases"]
    command.main()
    assert (tmp_path / "recorded.json").exists()


class Terminal(list):
    write = list.append

    def __init__(self, answer: bool) -> None:
        self.answer = answer

    def isatty(self) -> bool:
        return self.answer

    def flush(self) -> None:
        pass


def test_progress_is_one_line_on_a_terminal_and_many_elsewhere():
    for answer in (True, False):
        stream = Terminal(answer)
        progress = Progress(2, stream)
        progress.step("first")
        progress.step("second")
        text = "".join(stream)
        assert "[1/2]" in text
        assert "[2/2]" in text
        assert text.count("\n") == (0 if answer else 2)
