"""Who is measured. One module each, imported only when it runs.

A module has `contestants(batch, threads)`: a bench.contestant.Peer.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from bench.contestant import Peer

# Our name for it, the module here, the package that it needs.
PEERS = {
    "ours": ("ours", "lossbook"),
    "textbook": ("textbook", "numpy"),
    "PyTorch": ("pytorch", "torch"),
    "JAX": ("jax", "jax"),
    "optax": ("optax", "optax"),
    "SciPy": ("scipy", "scipy"),
    "scikit-learn": ("scikit_learn", "sklearn"),
    "ceilings": ("ceilings", "numpy"),
}


def missing() -> list[str]:
    """The peers whose package is not installed here."""
    return [
        name
        for name, (_, package) in PEERS.items()
        if find_spec(package) is None
    ]


def load(names: Sequence[str]) -> list[Peer]:
    peers = []
    for name in names:
        module, _ = PEERS[name]
        peer: Peer = import_module(f"bench.peers.{module}").contestants
        peers.append(peer)
    return peers
