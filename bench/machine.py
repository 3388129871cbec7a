"""What the numbers were measured on."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

CPUINFO = Path("/proc/cpuinfo")
CACHES = Path("/sys/devices/system/cpu/cpu0/cache")

# From the widest: the first that the processor has names the set.
# Each is a flag of /proc/cpuinfo.
INSTRUCTION_SETS = {
    "avx512f": "AVX-512",
    "avx2": "AVX2",
    "avx": "AVX",
    "sse4_2": "SSE4.2",
    "sve": "SVE",
    "asimd": "NEON",
}

PACKAGES = (
    "numpy",
    "torch",
    "jax",
    "jaxlib",
    "optax",
    "scipy",
    "scikit-learn",
)


def describe() -> dict[str, Any]:
    flags = set(cpu_field("flags", "Features").split())
    names = [n for flag, n in INSTRUCTION_SETS.items() if flag in flags]
    return {
        "processor": cpu_field("model name") or platform.processor(),
        "instruction_set": names[0] if names else platform.machine(),
        "vector_flags": sorted(
            f
            for f in flags
            if f.startswith(("avx", "amx", "fma", "sve"))
        ),
        "numpy_uses": numpy_features(),
        "cores": os.cpu_count(),
        "caches": caches(),
        "load_before": os.getloadavg()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {p: v for p in PACKAGES if (v := version_of(p))},
    }


def cpu_field(*keys: str) -> str:
    """The first of the fields that the first processor has, or ""."""
    if CPUINFO.exists():
        for line in CPUINFO.read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() in keys:
                return value.strip()
    return ""


def numpy_features() -> list[str]:
    """The instruction sets that NumPy has code for and has found."""
    config: Any = np.show_config(mode="dicts")
    simd = config["SIMD Extensions"]
    return [*simd["baseline"], *simd.get("found", [])]


def caches() -> list[str]:
    """Such as "L2 Unified 2048K", of one core."""
    found = []
    for cache in sorted(CACHES.glob("index*")):
        level, kind, size = (
            (cache / name).read_text().strip()
            for name in ("level", "type", "size")
        )
        found.append(f"L{level} {kind} {size}")
    return found


def version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
