"""`python -m bench`: runs all, prints the tables, writes the files."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import bench
from bench.book import ROOT
from bench.cases import CASES
from bench.peers import PEERS, missing
from bench.report import report
from bench.run import run

OUTPUT = ROOT / "_build"
RECORDED = Path(__file__).with_name("recorded.json")

SECONDS = 10.0  # for a case on a number of threads
QUICK_SECONDS = 1.0


def main() -> None:
    options = arguments()
    absent = missing()
    if options.record and (options.quick or absent):
        sys.exit("To record, install every peer and leave out --quick.")
    record = run(
        [case for case in CASES if case.quick or not options.quick],
        [name for name in PEERS if name not in absent],
        QUICK_SECONDS if options.quick else SECONDS,
        with_book=not options.quick,
    )
    text = report(record)
    OUTPUT.mkdir(exist_ok=True)
    write(OUTPUT / "bench.json", record)
    (OUTPUT / "bench.md").write_text(text, encoding="utf-8")
    print(text)
    if absent:
        print(f"Not installed, so not measured: {', '.join(absent)}.")
    if any(case["refused"] for case in record["cases"]):
        sys.exit("Refused: who computes something else than ours.")
    if options.record:
        write(RECORDED, record)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=bench.__doc__.splitlines()[0],
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few cases, few rounds, and no builds of the book",
    )
    parser.add_argument(
        "--record",
        action="store_true",
        help="keep the result in bench/recorded.json too",
    )
    return parser.parse_args()


def write(path: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
