"""The record of a run as Markdown tables."""

from collections.abc import Iterator, Sequence
from typing import Any

Record = dict[str, Any]


def report(record: Record) -> str:
    """All of it: machine, times, memory, book."""
    parts = [
        heading(record),
        *(times(case) for case in record["cases"]),
        memory(record["memory"]),
        book(record["book"]),
    ]
    return "\n".join(part for part in parts if part)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Padded to be read as it is; all but the first column to the right."""
    widths = [
        max(len(row[i]) for row in (header, *rows))
        for i in range(len(header))
    ]

    def line(cells: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(
                zip(cells, widths, strict=True)
            )
        )
        return f"| {' | '.join((first, *others))} |\n"

    dashes = "|".join(
        "-" * (width + 1) + (":" if i else "-")
        for i, width in enumerate(widths)
    )
    return line(header) + f"|{dashes}|\n" + "".join(map(line, rows))


def heading(record: Record) -> str:
    machine = record["machine"]
    versions = ", ".join(
        f"{name} {number}"
        for name, number in machine["versions"].items()
    )
    calm = machine["load_before"] <= 0.5
    busy = "" if calm else ", too busy for these times to count"
    lines = [
        f"# Benchmark of {record['date']}",
        "",
        f"{machine['processor']}, {machine['instruction_set']}, "
        f"{machine['cores']} cores; {', '.join(machine['caches'])}.",
        f"NumPy uses {', '.join(machine['numpy_uses'])}.",
        f"{machine['system']}, Python {machine['python']}; {versions}.",
        f"Load before the run: {machine['load_before']:.2f}{busy}.",
        f"Data: {record['data']}.",
        "Cores: processor time over time; below 1, others had some.",
    ]
    return "\n".join(lines) + "\n"


def times(case: Record) -> str:
    """The times of a case, with what was refused."""
    threads = case["threads"]
    plural = "" if threads == 1 else "s"
    rows = [
        [
            label(entry),
            milliseconds(entry["minimum"]),
            milliseconds(entry["median"]),
            *ratio_cells(entry.get("ratio")),
            f"{entry['cores']:.1f}",
            str(entry["rounds"]),
        ]
        for entry in case["results"]
    ]
    header = [
        *("", "min ms", "median ms", "/ PyTorch", "8 in 10 rounds"),
        *("cores", "rounds"),
    ]
    refused = "".join(f"\nRefused: {why}\n" for why in case["refused"])
    title = f"## {case['case']}, {threads} thread{plural}"
    return f"{title}\n\n{table(header, rows)}{refused}"


def label(entry: Record) -> str:
    marks = {"value only": " (value only)", "ceiling": " (ceiling)"}
    return str(entry["name"]) + marks.get(entry["kind"], "")


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}"


def ratio_cells(ratio: Record | None) -> Iterator[str]:
    if ratio is None:
        yield from ("", "")
    else:
        yield f"{ratio['minima']:.2f}"
        yield f"{ratio['low']:.2f}–{ratio['high']:.2f}"


def memory(cases: Sequence[Record]) -> str:
    """One row a contestant, one column a case."""
    if not cases:
        return ""
    names = list(dict.fromkeys(n for c in cases for n in c["peaks"]))
    header = ["MB", *(case["case"] for case in cases)]
    rows = [["the input", *(megabytes(c["input"]) for c in cases)]]
    rows += [
        [name, *(megabytes(case["peaks"].get(name)) for case in cases)]
        for name in names
    ]
    note = (
        "Resident pages at the peak of one call, less those before it; "
        "the gradient is part of it. One thread."
    )
    return f"## Peak extra memory\n\n{note}\n\n{table(header, rows)}"


def megabytes(count: int | None) -> str:
    return "" if count is None else f"{count / 1e6:.2f}"


def book(record: Record | None) -> str:
    if record is None:
        return ""
    builds = [
        [
            name,
            f"{build['seconds']:.1f}",
            f"{build['notebooks']:.1f}",
            f"{build['notebooks'] / build['seconds']:.0%}",
        ]
        for name, build in record["builds"].items()
    ]
    pages = [
        [name, *(f"{size / 1e3:.0f}" for size in sizes.values())]
        for name, sizes in record["pages"].items()
    ]
    return "\n".join(
        [
            "## The book\n",
            table(
                ["build", "seconds", "in notebooks", "share"], builds
            ),
            table(["page, kB", "HTML", "gzip", "with files"], pages),
        ]
    )
