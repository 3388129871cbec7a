"""The explorers: their curves, and what the reader can move.

This is the one place for both worlds: lossbook.site.explore writes the
curves as JavaScript, and lossbook.practice.explore draws them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

import sympy as sp
from sympy.codegen.cfunctions import log1p

from lossbook.symbolic import Formula, sigma, softplus

r, z, m, q = sp.symbols("r z m q", real=True)
yhat, p = sp.symbols("yhat p", real=True)
y = sp.Symbol("y", real=True)
delta, tau, T, K = sp.symbols("delta tau T K", positive=True)
gamma, alpha, epsilon = sp.symbols(
    "gamma alpha epsilon", nonnegative=True
)


@dataclass(frozen=True)
class Slider:
    """A parameter, the word for it, its range, step and first value."""

    symbol: sp.Symbol
    label: str
    low: float
    high: float
    step: float
    value: float


@dataclass(frozen=True)
class Curve:
    """A loss and its slope, in the axis and the sliders' symbols.

    Args:
        label: Its name.
        style: The loss whose colour it has: see `plotting.style`.
        kinks: Where the slope jumps; there it is a subgradient.
        shown: Whether it is switched on at first.
    """

    label: str
    style: str
    loss: sp.Expr
    gradient: sp.Expr
    kinks: Sequence[float] = ()
    shown: bool = True


@dataclass(frozen=True)
class Axis:
    """What the curves are drawn against, and where the point is first."""

    symbol: sp.Symbol
    label: str
    low: float
    high: float
    step: float
    start: float


@dataclass(frozen=True)
class Explorer:
    """A live figure.

    Args:
        message: What it shows, its caption.
        axis: Its x axis.
        curves: The first carries the point, the others can be
            switched on and off.
        losses, gradients: The ends of the y axes; they do not move.
        sliders: All parameters of the curves.
    """

    message: str
    axis: Axis
    curves: Sequence[Curve]
    losses: tuple[float, float]
    gradients: tuple[float, float]
    sliders: Sequence[Slider] = ()

    @property
    def arguments(self) -> list[sp.Symbol]:
        """What the curves are functions of."""
        return [self.axis.symbol, *(s.symbol for s in self.sliders)]


def load(slug: str) -> Explorer:
    """The explorer of that name.

    Raises:
        ValueError: There is none.
    """
    if slug not in EXPLORERS:
        known = ", ".join(EXPLORERS)
        raise ValueError(f"no explorer {slug!r}; there are: {known}")
    return EXPLORERS[slug]()


SLIDERS = {
    slider.symbol: slider
    for slider in (
        Slider(delta, "threshold δ", 0.1, 3, 0.1, 1),
        Slider(tau, "quantile τ", 0.05, 0.95, 0.05, 0.9),
        Slider(gamma, "focusing γ", 0, 5, 0.1, 2),
        Slider(alpha, "class weight α", 0.05, 1, 0.05, 1),
        Slider(epsilon, "smoothing ε", 0, 0.5, 0.05, 0),
        Slider(T, "temperature T", 0.5, 5, 0.1, 1),
        Slider(K, "classes K", 2, 100, 1, 10),
        Slider(y, "label y", 0, 1, 0.05, 1),
        Slider(p, "truth p", 0.05, 0.95, 0.05, 0.8),
    )
}


# Losses of a residual.

NAMES = {
    "mae": "MAE",
    "mse": "MSE",
    "huber": "Huber",
    "log_cosh": "log-cosh",
    "quantile": "quantile",
}


def of_residual(slug: str, shown: bool) -> Curve:
    module = import_module(f"lossbook.formulas.{slug}")
    formula: Formula = module.formula
    loss = formula.loss if formula.stable is None else formula.stable
    if slug == "log_cosh":
        # Near 0 the terms of the stable form cancel.
        near = log1p(2 * sp.sinh(r / 2) ** 2)
        loss = sp.Piecewise((near, sp.Abs(r) < 1), (loss, True))
    loss, gradient = (
        formula.fixed(expr, {"y": 0}).subs(yhat, r)
        for expr in (loss, module.gradient.result)
    )
    kinks = (0,) if formula.smoothness == "C0" else ()
    return Curve(NAMES[slug], slug, loss, gradient, kinks, shown)


def of_residuals(
    message: str,
    first: str,
    on: str,
    off: str,
    losses: tuple[float, float] = (-0.3, 8),
    gradients: tuple[float, float] = (-3.3, 3.3),
) -> Explorer:
    """One loss of a residual, and others switched on and off."""
    curves = [of_residual(slug, True) for slug in (first, *on.split())]
    curves += [of_residual(slug, False) for slug in off.split()]
    return Explorer(
        message,
        Axis(r, "residual r", -5, 5, 0.05, 3),
        curves,
        losses,
        gradients,
        needed(curves),
    )


def needed(curves: Sequence[Curve]) -> Sequence[Slider]:
    """The sliders of all parameters in the curves."""
    symbols = set().union(*(c.loss.free_symbols for c in curves))
    return [s for symbol, s in SLIDERS.items() if symbol in symbols]


def mae() -> Explorer:
    return of_residuals(
        "MAE pulls equally hard from every distance.",
        "mae",
        on="mse",
        off="huber",
        losses=(-0.4, 13),
        gradients=(-5.4, 5.4),
    )


def mse() -> Explorer:
    return of_residuals(
        "The pull of MSE grows with the distance, without end.",
        "mse",
        on="huber",
        off="mae",
        losses=(-0.4, 13),
        gradients=(-5.4, 5.4),
    )


def huber() -> Explorer:
    return of_residuals(
        "Beyond δ the pull stops growing; δ is both where the gradient "
        "bends and how high its plateau is.",
        "huber",
        on="mse mae",
        off="log_cosh",
    )


def log_cosh() -> Explorer:
    return of_residuals(
        "Log-cosh rounds off Huber's kinks, and comes near the full "
        "pull only at ±3.",
        "log_cosh",
        on="mae huber",
        off="mse",
        losses=(-0.2, 5),
        gradients=(-1.6, 1.6),
    )


def quantile() -> Explorer:
    return of_residuals(
        "τ tilts the V; the two slopes always differ by 1.",
        "quantile",
        on="",
        off="mae log_cosh",
        losses=(-0.2, 5),
        gradients=(-1.15, 1.15),
    )


def regression() -> Explorer:
    return of_residuals(
        "Near zero Huber is MSE; far out it pulls no harder than MAE.",
        "huber",
        on="mse mae",
        off="log_cosh quantile",
        gradients=(-5.4, 5.4),
    )


# Losses of one logit. Each is written so that it neither overflows nor
# cancels, and tests/symbolic/test_explorers.py holds it against the
# formula and the class of its chapter.


def cross_entropy_of(z: sp.Expr, y: sp.Expr) -> sp.Expr:
    """Binary cross-entropy."""
    return y * softplus(-z) + (1 - y) * softplus(z)


def error_of(z: sp.Expr, y: sp.Expr) -> sp.Expr:
    """σ(z) - y, its gradient."""
    return (1 - y) * sigma(z) - y * sigma(-z)


def squared_error(
    z: sp.Expr, y: sp.Expr, shown: bool, times: int = 1
) -> Curve:
    """½(σ(z) - y)²."""
    error = error_of(z, y)
    label = "MSE of p" if times == 1 else f"{times} × MSE of p"
    return Curve(
        label,
        "mse",
        times * error**2 / 2,
        times * error * sigma(z) * sigma(-z),
        shown=shown,
    )


def focal_of(z: sp.Symbol, shown: bool) -> Curve:
    weight = sigma(-z) ** gamma
    pull = sigma(-z) + gamma * sigma(z) * softplus(-z)
    return Curve(
        "focal",
        "focal",
        weight * softplus(-z),
        -weight * pull,
        shown=shown,
    )


def binary_cross_entropy() -> Explorer:
    curves = [
        Curve(
            "cross-entropy",
            "binary_cross_entropy",
            cross_entropy_of(z, y),
            error_of(z, y),
        ),
        squared_error(z, y, shown=False),
    ]
    return Explorer(
        "A wrong answer costs about its logit, and pulls with almost 1, "
        "however wrong it is.",
        Axis(z, "logit z", -8, 8, 0.05, -3),
        curves,
        losses=(-0.3, 8),
        gradients=(-1.1, 1.1),
        sliders=needed(curves),
    )


def why_cross_entropy() -> Explorer:
    one = sp.S.One
    return Explorer(
        "The more wrong a sure answer is, the less MSE has to say "
        "about it.",
        Axis(z, "logit z", -8, 8, 0.1, -4),
        [
            Curve(
                "cross-entropy",
                "binary_cross_entropy",
                cross_entropy_of(z, one),
                error_of(z, one),
            ),
            squared_error(z, one, shown=True),
            squared_error(z, one, shown=False, times=10),
        ],
        losses=(-0.3, 8),
        gradients=(-1.6, 0.2),
    )


def cross_entropy() -> Explorer:
    """Of the right logit's gap to the others, which are equal.

    Their K - 1 exponentials are like one logit log(K - 1).
    """
    others = sp.log(K - 1)
    missing = epsilon * (K - 1) / K
    smoothed = cross_entropy_of(z / T - others, 1 - missing)
    curves = [
        Curve(
            "cross-entropy",
            "cross_entropy",
            smoothed + missing * others,
            error_of(z / T - others, 1 - missing) / T,
        ),
        Curve(
            "T = 1, ε = 0",
            "cross_entropy",
            softplus(others - z),
            -sigma(others - z),
            shown=False,
        ),
    ]
    return Explorer(
        "Far behind, each further unit costs 1 more and the pull stays "
        "1; well ahead, the pull fades.",
        Axis(z, "gap z", -10, 10, 0.1, -3),
        curves,
        losses=(-0.4, 12),
        gradients=(-2.1, 0.6),
        sliders=needed(curves),
    )


def kl_div() -> Explorer:
    """Teacher (y, 1 - y) and student σ(z), both softened by T."""
    teacher, student = sp.log(y / (1 - y)) / T, z / T
    soft = sigma(teacher)
    cross = cross_entropy_of(student, soft)
    reverse = sigma(student) * (
        softplus(-teacher) - softplus(-student)
    ) + sigma(-student) * (softplus(teacher) - softplus(student))
    error = error_of(student, soft)
    return Explorer(
        "A confident wrong answer costs forward KL more and more; "
        "reverse KL stops caring.",
        Axis(z, "logit z", -8, 8, 0.1, -4),
        [
            Curve(
                "forward",
                "kl_div",
                T**2 * (cross - cross_entropy_of(teacher, soft)),
                T * error,
            ),
            Curve(
                "reverse",
                "reverse_kl",
                T**2 * reverse,
                T
                * sigma(student)
                * sigma(-student)
                * (student - teacher),
            ),
            Curve(
                "cross-entropy",
                "cross_entropy",
                T**2 * cross,
                T * error,
                shown=False,
            ),
        ],
        losses=(-0.3, 8),
        gradients=(-2.1, 1.1),
        sliders=[
            Slider(y, "target y", 0.05, 0.95, 0.05, 0.9),
            Slider(T, "temperature T", 1, 4, 0.5, 1),
        ],
    )


def focal() -> Explorer:
    plain = focal_of(z, shown=True)
    weighted = replace(
        plain,
        loss=alpha * plain.loss,
        gradient=alpha * plain.gradient,
    )
    curves = [
        weighted,
        Curve(
            "cross-entropy",
            "binary_cross_entropy",
            softplus(-z),
            -sigma(-z),
        ),
    ]
    return Explorer(
        "Focal lets go of what is right, and pulls a little harder than "
        "cross-entropy on what is wrong.",
        Axis(z, "logit z", -6, 6, 0.1, -2.2),
        curves,
        losses=(-0.25, 6),
        gradients=(-1.8, 0.2),
        sliders=needed(curves),
    )


def of_margin(slug: str, label: str, shown: bool) -> Curve:
    """A loss of the margin, whose chapter has labels -1 and 1."""
    module = import_module(f"lossbook.formulas.{slug}")
    formula: Formula = module.formula
    loss, gradient = (
        formula.fixed(expr, {"y": 1}).subs(z, m)
        for expr in (formula.loss, module.gradient.result)
    )
    kinks = (1,) if formula.smoothness == "C0" else ()
    return Curve(label, slug, loss, gradient, kinks, shown)


def hinge() -> Explorer:
    bits = sp.log(2)
    return Explorer(
        "Hinge lets go at the margin 1, with a jump; its square lets "
        "go gently, the others never.",
        Axis(m, "margin m", -3, 3, 0.05, 0.5),
        [
            of_margin("hinge", "hinge", shown=True),
            of_margin("squared_hinge", "squared", shown=True),
            of_margin("exponential", "exponential", shown=False),
            Curve(
                "logistic / log 2",
                "binary_cross_entropy",
                softplus(-m) / bits,
                -sigma(-m) / bits,
                shown=False,
            ),
        ],
        losses=(-0.2, 5),
        gradients=(-4.2, 0.5),
    )


def classification() -> Explorer:
    smoothed = 1 - epsilon / 2
    curves = [
        Curve(
            "cross-entropy",
            "binary_cross_entropy",
            cross_entropy_of(m, smoothed),
            error_of(m, smoothed),
        ),
        of_margin("hinge", "hinge", shown=True),
        of_margin("exponential", "exponential", shown=True),
        of_margin("squared_hinge", "squared", shown=False),
        focal_of(m, shown=False),
        squared_error(m, sp.S.One, shown=False),
    ]
    return Explorer(
        "A wrong sample pulls with at most 1 on cross-entropy and hinge, "
        "and ever harder on the exponential loss.",
        Axis(m, "margin m", -4, 4, 0.05, -2),
        curves,
        losses=(-0.2, 5),
        gradients=(-2.2, 0.4),
        sliders=needed(curves),
    )


def entropy() -> Explorer:
    """Of two distributions of two outcomes, (p, 1-p) and (q, 1-q)."""

    def cross(p: sp.Expr, q: sp.Expr) -> sp.Expr:
        return -(p * sp.log(q) + (1 - p) * sp.log(1 - q))

    def divergence(p: sp.Expr, q: sp.Expr) -> sp.Expr:
        odds = (1 - p) * sp.log((1 - p) / (1 - q))
        return p * sp.log(p / q) + odds

    def log_odds(p: sp.Expr, q: sp.Expr) -> sp.Expr:
        return sp.log(p / q) - sp.log((1 - p) / (1 - q))

    middle = (p + q) / 2
    pull = (q - p) / (q * (1 - q))
    curves = [
        Curve(
            "H(p, q)",
            "cross_entropy",
            cross(p, q),
            pull,
        ),
        Curve("KL(p‖q)", "kl_div", divergence(p, q), pull),
        Curve(
            "KL(q‖p)",
            "reverse_kl",
            divergence(q, p),
            log_odds(q, p),
        ),
        Curve(
            "JS(p, q)",
            "js",
            (divergence(p, middle) + divergence(q, middle)) / 2,
            log_odds(q, middle) / 2,
            shown=False,
        ),
    ]
    return Explorer(
        "All are lowest at q = p; only the cross-entropy is not 0 there.",
        Axis(q, "model q", 0.01, 0.99, 0.01, 0.4),
        curves,
        losses=(-0.1, 3),
        gradients=(-5, 5),
        sliders=needed(curves),
    )


EXPLORERS: dict[str, Callable[[], Explorer]] = {
    make.__name__: make
    for make in (
        mae,
        mse,
        huber,
        log_cosh,
        quantile,
        regression,
        entropy,
        cross_entropy,
        binary_cross_entropy,
        why_cross_entropy,
        kl_div,
        focal,
        hinge,
        classification,
    )
}
