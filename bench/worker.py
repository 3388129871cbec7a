"""One process of the benchmark, with a number of threads of its own.

The libraries read how many threads they may have when they are
imported, so every number needs a process: `ask` starts one, and `main`
is what runs in it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bench import memory
from bench.cases import Case, make_batch
from bench.contestant import (
    Contestant,
    DisagreementError,
    Peer,
    check,
    result,
)
from bench.peers import load
from bench.timing import Times, interleaved, ratio

# All others are compared with it.
YARDSTICK = "PyTorch"

Record = dict[str, Any]


def environment(job: str, threads: int) -> dict[str, str]:
    """Variables that hold every library to so many threads."""
    names = ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")
    variables = {f"{name}_NUM_THREADS": str(threads) for name in names}
    variables |= {"NPROC": str(threads), "PJRT_NPROC": str(threads)}
    variables |= {"JAX_PLATFORMS": "cpu"}
    # Not when timing: it makes every allocation slow.
    return variables | (memory.ENVIRONMENT if job == "memory" else {})


def ask(
    job: str,
    threads: int,
    peers: Sequence[str],
    cases: Sequence[Case],
    seconds: float = 0.0,
) -> Iterator[Record]:
    """What the worker says of each case, as soon as it says it.

    The job is "time" or "memory". Raises CalledProcessError if the
    worker fails; it has then said why on stderr.
    """
    order = {
        "job": job,
        "threads": threads,
        "peers": list(peers),
        "cases": [asdict(case) for case in cases],
        "seconds": seconds,
    }
    command = [sys.executable, "-m", "bench.worker", json.dumps(order)]
    with subprocess.Popen(
        command,
        env={**os.environ, **environment(job, threads)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def main() -> None:
    order = json.loads(sys.argv[1])
    peers = load(order["peers"])
    threads = order["threads"]
    for fields in order["cases"]:
        shape = tuple(fields.pop("shape"))
        case = Case(shape=shape, **fields)
        if order["job"] == "time":
            record = time_case(case, peers, threads, order["seconds"])
        else:
            record = weigh_case(case, peers, threads)
        print(json.dumps(record), flush=True)


def time_case(
    case: Case, peers: Sequence[Peer], threads: int, seconds: float
) -> Record:
    """Times of all contestants that compute what ours compute.

    The first of them sets what that is. Those that differ are refused:
    they are not timed, and the record says why.
    """
    batch = make_batch(case)
    entries = [c for peer in peers for c in peer(batch, threads)]
    gradients, refused = judge(entries)
    entries = [c for c in entries if c.name in gradients]
    times = interleaved(entries, seconds)
    by_name = {c.name: t for c, t in zip(entries, times, strict=True)}
    return {
        "case": case.name,
        **asdict(case),
        "threads": threads,
        "results": [
            describe(c, gradients[c.name], by_name) for c in entries
        ],
        "refused": refused,
    }


def judge(
    entries: Sequence[Contestant],
) -> tuple[dict[str, bool], list[str]]:
    """Which are right, with whether they have a gradient; complaints."""
    value, gradient = result(entries[0])
    assert gradient is not None
    gradients, refused = {}, []
    for contestant in entries:
        try:
            gradients[contestant.name] = (
                not contestant.ceiling
                and check(contestant, value, gradient)
            )
        except DisagreementError as error:
            refused.append(str(error))
    return gradients, refused


def describe(
    contestant: Contestant, gradient: bool, times: dict[str, Times]
) -> Record:
    its = times[contestant.name]
    kind = "value and gradient" if gradient else "value only"
    record: Record = {
        "name": contestant.name,
        "kind": "ceiling" if contestant.ceiling else kind,
        "minimum": its.minimum,
        "median": its.median,
        "cores": its.cores,
        "rounds": len(its.wall),
    }
    # A value alone is not to be compared with a gradient as well.
    if YARDSTICK in times and record["kind"] != "value only":
        record["ratio"] = asdict(ratio(its, times[YARDSTICK]))
    return record


def weigh_case(
    case: Case, peers: Sequence[Peer], threads: int
) -> Record:
    """Peak extra memory of each contestant, in bytes."""
    batch = make_batch(case)
    return {
        "case": case.name,
        "input": batch.predictions.nbytes,
        "peaks": {
            contestant.name: memory.peak_extra(contestant)
            for peer in peers
            for contestant in peer(batch, threads)
        },
    }


if __name__ == "__main__":
    main()
