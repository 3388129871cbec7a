"""What this machine can do at best: memory copies and NumPy's exp."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bench.cases import Batch
from bench.contestant import Contestant
from lossbook.fused.batch import BLOCK_BYTES, summed


def contestants(batch: Batch, threads: int) -> Iterator[Contestant]:
    flat = batch.predictions.reshape(-1)
    out = np.empty_like(flat)

    def on_threads(
        name: str, work: Callable[[slice], object]
    ) -> Contestant:
        def part(share: slice) -> float:
            # Where exp overflows it does no less work.
            with np.errstate(over="ignore"):
                work(share)
            return 0.0

        def call() -> tuple[Any, Any]:
            return summed(part, flat.size, threads), None

        return Contestant(name, call, ceiling=True)

    yield on_threads(
        "memory copy", lambda s: np.copyto(out[s], flat[s])
    )
    if batch.case.loss not in ("ce", "soft ce", "kl", "bce"):
        return

    def in_blocks(share: slice) -> None:
        step = BLOCK_BYTES // flat.itemsize
        for start in range(share.start, share.stop, step):
            block = slice(start, min(start + step, share.stop))
            np.exp(flat[block], out=out[block])

    yield on_threads(
        "NumPy's exp", lambda s: np.exp(flat[s], out=out[s])
    )
    yield on_threads("NumPy's exp, in blocks", in_blocks)
