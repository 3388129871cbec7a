"""NumPy as a tutorial has it."""

from collections.abc import Iterator

from bench import textbook
from bench.cases import Batch
from bench.contestant import Contestant


def contestants(batch: Batch, _threads: int) -> Iterator[Contestant]:
    function = getattr(textbook, batch.case.loss.replace(" ", "_"))
    yield Contestant(
        "textbook NumPy",
        lambda: function(batch.predictions, batch.targets),
    )
