"""How much memory a call takes on top of what was there before.

Measured as Linux counts it, in pages that hold something: so the same
for NumPy, PyTorch and JAX, whoever allocates, and for their threads.
The result of the call is part of it.
"""

import ctypes
import gc
from pathlib import Path

from bench.contestant import Contestant

PROCESS = Path("/proc/self")

# Larger pieces go back to the system as soon as they are free. Else
# the peak would hide in what an earlier call has left behind.
ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": "65536"}


def kibibytes(key: str) -> int:
    for line in (PROCESS / "status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1])
    raise KeyError(key)


def peak_extra(contestant: Contestant) -> int | None:
    """Bytes; None where the system does not tell (it is not Linux)."""
    clear = PROCESS / "clear_refs"
    if not clear.exists():
        return None
    contestant.call()  # to load and compile what it needs
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    clear.write_text("5")  # the peak starts anew
    before = kibibytes("VmRSS")
    result = contestant.call()
    peak = kibibytes("VmHWM")
    del result
    return 1024 * (peak - before)
