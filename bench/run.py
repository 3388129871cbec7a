"""One run: every case on every number of threads, memory, the book."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bench import book, machine
from bench.cases import DATA, Case
from bench.progress import Progress
from bench.worker import ask

THREADS = (1, 2)


def run(
    cases: Sequence[Case],
    peers: Sequence[str],
    seconds: float,
    with_book: bool,
) -> dict[str, Any]:
    """The record: what bench.json holds, ready for JSON.

    The seconds are for each case on each number of threads. Times are
    in seconds too, memory and pages in bytes.
    """
    weighed = [name for name in peers if name != "ceilings"]
    builds = len(book.BUILDS) if with_book else 0
    progress = Progress(
        len(THREADS) * len(cases) + len(weighed) + builds
    )
    here = machine.describe()  # before our own load counts
    record = {
        "date": date.today().isoformat(),
        "machine": here,
        "data": DATA,
        "cases": [
            answer
            for threads in THREADS
            for answer in time_all(
                cases, peers, threads, seconds, progress
            )
        ],
        "memory": weigh_all(lean(cases), weighed, progress),
        "book": book.measure(progress.step) if with_book else None,
    }
    progress.finish()
    return record


def time_all(
    cases: Sequence[Case],
    peers: Sequence[str],
    threads: int,
    seconds: float,
    progress: Progress,
) -> Iterator[dict[str, Any]]:
    def announced() -> Iterator[Case]:
        for case in cases:
            progress.step(f"{case.name}, threads: {threads}")
            yield case

    answers = ask("time", threads, peers, cases, seconds)
    for _, answer in zip(announced(), answers, strict=True):
        yield answer


def lean(cases: Sequence[Case]) -> list[Case]:
    """What memory is measured on: every size, but in one dtype."""
    return [c for c in cases if c.dtype == "float32" and not c.centre]


def weigh_all(
    cases: Sequence[Case], peers: Sequence[str], progress: Progress
) -> list[dict[str, Any]]:
    """Every peer in a process of its own, merged case by case."""
    merged: dict[str, dict[str, Any]] = {}
    for peer in peers:
        progress.step(f"memory of {peer}")
        for answer in ask("memory", 1, [peer], cases):
            entry = merged.setdefault(answer["case"], answer)
            entry["peaks"].update(answer["peaks"])
    return list(merged.values())
