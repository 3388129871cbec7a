"""Random inputs of every loss, small enough to print and to paste.

A case does not hold arrays but how to make them: a few numbers that are
repeated to fill a shape. So Hypothesis can shrink it, and its repr is code.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, nan

import numpy as np
from floors import PAIRS
from hypothesis import strategies as st

from lossbook import losses
from lossbook.losses import Loss

Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Spec:
    plain: Callable[..., Loss]
    # What its targets are: see `Case.targets_array`.
    targets: str
    options: st.SearchStrategy[dict] = field(
        default_factory=lambda: st.just({})
    )
    fused: str | None = None

    @property
    def rows(self) -> bool:
        return self.targets in ("labels", "measures", "distributions")


def one_of(name: str, *values: object) -> st.SearchStrategy[dict]:
    """No option, or the one of this name."""
    return st.just({}) | st.sampled_from(
        [{name: value} for value in values]
    )


SMOOTHING = one_of("label_smoothing", 0.1, 1.0, 1e-9)
LABEL_OPTIONS = st.builds(
    lambda a, b: a | b, SMOOTHING, one_of("ignore_index", 0, 1, -100)
)
PLAIN_CE = st.builds(
    lambda a, b: a | b,
    LABEL_OPTIONS,
    one_of("temperature", 0.3, 4.0, 1e-3),
)
DELTAS = one_of("delta", 0.5, 30.0, 1e-3, 1e-40, 1e-300, 1e30, 1e300)

SPECS = {
    "mae": Spec(losses.MAE, "numbers", fused="mae"),
    "mse": Spec(losses.MSE, "numbers", fused="mse"),
    "huber": Spec(losses.HuberLoss, "numbers", DELTAS, fused="huber"),
    "log-cosh": Spec(losses.LogCosh, "numbers"),
    "quantile": Spec(
        lambda tau=0.5: losses.QuantileLoss(tau),
        "numbers",
        one_of("tau", 0.9, 1e-9),
    ),
    "bce": Spec(losses.BinaryCrossEntropy, "shares", fused="bce"),
    "bce-weighted": Spec(
        losses.BinaryCrossEntropy,
        "shares",
        one_of("pos_weight", 3.5, 1e-9, 1e9),
    ),
    "focal": Spec(
        losses.FocalLoss, "bits", one_of("gamma", 0.0, 0.5, 10.0)
    ),
    "hinge": Spec(losses.HingeLoss, "signs"),
    "squared-hinge": Spec(losses.SquaredHinge, "signs"),
    "exponential": Spec(losses.ExponentialLoss, "signs"),
    "multiclass-hinge": Spec(losses.MultiClassHinge, "labels"),
    "ce-labels": Spec(
        losses.CrossEntropy, "labels", LABEL_OPTIONS, fused="ce"
    ),
    "ce-rows": Spec(
        losses.CrossEntropy, "measures", SMOOTHING, fused="ce"
    ),
    "ce-plain": Spec(losses.CrossEntropy, "labels", PLAIN_CE),
    "kl": Spec(losses.KLDivLoss, "distributions", fused="kl"),
}


@dataclass(frozen=True)
class Case:
    """Numbers repeated to fill predictions and targets of a shape."""

    loss: str
    shape: tuple[int, ...]
    predictions: tuple[float, ...]
    targets: tuple[float, ...]
    dtypes: tuple[str, str] = ("float64", "float64")
    layout: str = "plain"
    # Each prediction times a factor between ½ and 1½, from this seed.
    spread: int | None = None
    options: dict = field(default_factory=dict)
    # Targets as they come, which most losses have to refuse.
    raw: bool = False
    # What the fused floor calls small, and its rows or elements per block.
    small: int = 0
    block: int = 2**12
    threads: int = 1

    def arrays(self) -> Arrays:
        with np.errstate(all="ignore"):
            predictions = np.resize(self.predictions, self.shape)
            if self.spread is not None:
                random = np.random.default_rng(self.spread)
                predictions = predictions * random.uniform(
                    0.5, 1.5, self.shape
                )
            predictions = predictions.astype(self.dtypes[0])
            targets = self.targets_array()
        make = LAYOUTS[self.layout]
        return make(predictions), make(targets)

    def targets_array(self) -> np.ndarray:
        kind = SPECS[self.loss].targets
        dtype = self.dtypes[1]
        raw = np.resize(self.targets, self.shape)
        if kind == "labels":
            row = np.nan_to_num(np.resize(self.targets, self.shape[0]))
            labels = np.clip(row, -(2**31), 2**31).astype("int64")
            return labels if self.raw else labels % self.shape[1]
        if self.raw or kind == "numbers":
            return raw.astype(dtype)
        if kind in ("bits", "signs"):
            low = 0 if kind == "bits" else -1
            return np.where(raw > 0, 1, low).astype(dtype)
        sizes = np.nan_to_num(np.abs(raw), nan=0.5, posinf=1.0)
        if kind == "shares":
            return np.where(sizes > 1, sizes % 1, sizes).astype(dtype)
        end = float(np.finfo(dtype).max)
        sizes = np.minimum(sizes, min(end, 1e290))
        if kind == "distributions":
            return distributions(sizes).astype(dtype)
        return sizes.astype(dtype)


def distributions(sizes: np.ndarray) -> np.ndarray:
    """Rows that sum to 1; the class 0 where there is nothing to share."""
    scaled = sizes / np.maximum(
        sizes.max(axis=1, keepdims=True), 1e-300
    )
    scaled[scaled.max(axis=1) < 0.5, 0] = 1
    # Too small for float16: its rows would not sum to 1.
    scaled[scaled < 1e-4] = 0
    rows: np.ndarray = scaled / scaled.sum(axis=1, keepdims=True)
    return rows


def read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "plain": lambda a: a,
    "read-only": read_only,
    "fortran": np.asfortranarray,
    "strided": lambda a: np.repeat(a, 2, axis=0)[::2],
    "narrow": lambda a: np.repeat(a, 3, axis=-1)[..., ::3],
    "reversed": lambda a: a[::-1].copy()[::-1],
    "swapped bytes": lambda a: a.astype(a.dtype.newbyteorder()),
}

FLOATS = ["float64", "float32", "float16"]
moderate = st.floats(-30, 30) | st.integers(-3, 3).map(float)
anything = (
    st.floats()
    | moderate
    | st.sampled_from([0.0, -0.0, inf, -inf, nan])
    | st.builds(
        lambda sign, power: sign * 10.0**power,
        st.sampled_from([1, -1]),
        st.integers(-323, 308),
    )
)
# The simplest first: Hypothesis shrinks towards it.
SHAPES = [(1,), (2,), (3,), (7,), (1, 1), (4, 1), (2, 3), (2, 1, 2)]
SHAPES += [(1000,), (17_000, 1), (3, 6000), (40_000,), (5, 10, 700)]
ROWS = [(1, 2), (2, 2), (1, 3), (3, 2), (2, 5), (5, 3)]
ROWS += [(3, 300), (9000, 2), (500, 40), (2, 9000)]


@st.composite
def cases(draw: st.DrawFn, loss: str) -> Case:
    spec = SPECS[loss]
    numbers = draw(st.sampled_from([moderate, anything]))
    some = st.lists(numbers, min_size=1, max_size=7).map(tuple)
    raw = draw(st.sampled_from([False, False, False, True]))
    return Case(
        loss=loss,
        shape=draw(st.sampled_from(ROWS if spec.rows else SHAPES)),
        predictions=draw(some),
        targets=draw(some),
        dtypes=(
            draw(st.sampled_from(FLOATS)),
            draw(st.sampled_from(FLOATS)),
        ),
        layout=draw(st.sampled_from(list(LAYOUTS))),
        spread=draw(st.none() | st.integers(0, 99)),
        options=draw(spec.options),
        raw=raw,
        small=draw(st.sampled_from([0, 2**14])),
        block=draw(st.sampled_from([2**12, 1, 7, 512])),
        threads=draw(st.sampled_from([1, 2, 3])),
    )


# Every loss of the package is in the table, every pair too.
assert {spec.fused for spec in SPECS.values()} - {None} == set(PAIRS)
