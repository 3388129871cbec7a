"""What the checker accepts, what it refuses, and with which words."""

import re

import pytest
import sympy as sp
from sympy import (
    Abs,
    Derivative,
    Max,
    Min,
    Piecewise,
    Sum,
    exp,
    log,
    sign,
)

from lossbook.symbolic import (
    CheckError,
    Context,
    Derivation,
    StepError,
    check_equal,
    check_slope,
    sigma,
    softplus,
)

L = sp.Symbol("L")
w, x, b, z, r, y, yhat = sp.symbols("w x b z r y yhat", real=True)
delta = sp.Symbol("delta", positive=True)
tau = sp.Symbol("tau", positive=True)
i, j, k = sp.symbols("i j k", integer=True, positive=True)
n, K = sp.symbols("n K", integer=True, positive=True)
X = sp.IndexedBase("x", real=True)
Y = sp.IndexedBase("y", real=True)
Z = sp.IndexedBase("z", real=True)
P = sp.IndexedBase("p", positive=True)
W = sp.IndexedBase("w", positive=True)

HUBER = Piecewise(
    (r**2 / 2, Abs(r) <= delta), (delta * (Abs(r) - delta / 2), True)
)
PINBALL = Piecewise((-tau * r, r < 0), ((1 - tau) * r, True))
BATCH = Context(sizes=({n: 2}, {n: 3}))
SQUARES = Sum((w * X[i] + b - Y[i]) ** 2, (i, 1, n)) / (2 * n)
LOGISTIC = Context(
    where={
        L: -(y * log(yhat) + (1 - y) * log(1 - yhat)),
        yhat: sigma(z),
        z: w * x + b,
    },
    domain={y: sp.Interval(0, 1), yhat: sp.Interval.open(0, 1)},
)
EXPS = Sum(exp(Z[j]), (j, 1, K))

TRUE = {
    "Huber's gradient is a clip": (
        Derivative(HUBER, r),
        Max(-delta, Min(delta, r)),
        Context(),
    ),
    "pinball in one line": (
        PINBALL,
        Max(-tau * r, (1 - tau) * r),
        Context(domain={tau: sp.Interval.open(0, 1)}),
    ),
    "logistic regression": (Derivative(L, w), (yhat - y) * x, LOGISTIC),
    "mean of squares, any n": (
        Derivative(SQUARES, w),
        Sum((w * X[i] + b - Y[i]) * X[i], (i, 1, n)) / n,
        BATCH,
    ),
    "the derivative of a sum is the sum of the derivatives": (
        Derivative(SQUARES, w),
        Sum(Derivative((w * X[i] + b - Y[i]) ** 2, w), (i, 1, n))
        / (2 * n),
        BATCH,
    ),
    "softplus, stable": (
        softplus(z),
        Max(z, 0) + log(1 + exp(-Abs(z))),
        Context(),
    ),
    "log of a quotient": (
        log(exp(x) / (1 + x**2)),
        x - log(1 + x**2),
        Context(),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_are_proved(name: str) -> None:
    left, right, context = TRUE[name]
    check = check_equal(left, right, context)
    assert check.how == "proved"
    assert check.points >= 12


def test_what_cannot_be_proved_is_called_numeric() -> None:
    # No attempt at a proof knows that i and j may change their places.
    pairs = Sum(Y[i] ** 2 * Y[j], (i, 1, n), (j, 1, n))
    swapped = Sum(Y[j] ** 2 * Y[i], (i, 1, n), (j, 1, n))
    check = check_equal(pairs, swapped, BATCH)
    assert (check.how, check.points, check.kinks) == ("numeric", 24, 0)


def test_what_holds_only_for_the_sizes_that_were_tried_is_no_proof() -> (
    None
):
    larger = Piecewise((r, n >= K), (0, True))
    context = Context(sizes=({n: 2, K: 2}, {n: 3, K: 2}))
    assert check_equal(larger, r, context).how == "numeric"


def test_the_softmax_is_proved_for_every_number_of_classes() -> None:
    context = Context(
        where={
            L: -Sum(Y[i] * log(P[i]), (i, 1, K)),
            P: sp.Lambda(i, exp(Z[i]) / EXPS),
            Y: sp.Lambda(i, W[i] / Sum(W[j], (j, 1, K))),
        },
        sizes=({K: 2, k: 1}, {K: 3, k: 2}, {K: 4, k: 4}),
    )
    gradient = Derivation(
        Derivative(L, Z[k]), Derivative(L, Z[k]), context=context
    )
    gradient.step(P[k] - Y[k], "softmax minus target")
    assert gradient.lines[-1].check.how == "proved"
    with pytest.raises(StepError, match="differs"):
        gradient.step(P[k], "a forgotten target")


def test_a_derivative_by_an_abbreviation_leaves_it_folded() -> None:
    where = {P: sp.Lambda(i, exp(Z[i]) / EXPS)}
    context = Context(where=where, sizes=({K: 3, k: 2},))
    check_equal(Derivative(log(P[k]), P[k]), 1 / P[k], context)


WRONG = {
    "a dropped 1/n": (
        Derivative(SQUARES, w),
        Sum((w * X[i] + b - Y[i]) * X[i], (i, 1, n)),
        BATCH,
        "differs inside the domain",
    ),
    "a dropped half": (
        Derivative(r**2 / 2, r),
        2 * r,
        Context(),
        "differs inside the domain",
    ),
    "swapped branches": (
        Derivative(HUBER, r),
        Piecewise((delta * sign(r), Abs(r) <= delta), (r, True)),
        Context(),
        "differs",
    ),
    "a wrong sign": (
        Derivative(Abs(yhat - y), yhat),
        sign(y - yhat),
        Context(),
        "differs inside the domain",
    ),
    "a wrong value at a kink only": (
        sign(r),
        Piecewise((1, r >= 0), (-1, True)),
        Context(),
        "differs at a kink, at r = 0: 0 before, 1 after",
    ),
    "a wrong value at Huber's corner only": (
        Derivative(HUBER, r),
        Piecewise(
            (r, Abs(r) < delta),
            (delta * sign(r), Abs(r) > delta),
            (0, True),
        ),
        Context(),
        "differs at a kink",
    ),
    "a constant lost in one branch": (
        HUBER,
        Piecewise((r**2 / 2, Abs(r) <= delta), (delta * Abs(r), True)),
        Context(),
        "differs",
    ),
    "the article's ∂(1 − ln f)": (
        Derivative(log(1 - yhat), yhat),
        Derivative(1 - log(yhat), yhat),
        Context(domain={yhat: sp.Interval.open(0, 1)}),
        "differs inside the domain",
    ),
    "one side undefined": (
        log(Abs(r)),
        log(r),
        Context(),
        "undefined",
    ),
    "an abbreviation forgotten": (
        Derivative(L, w),
        sp.S.Zero,
        LOGISTIC,
        "differs",
    ),
    "equal only at n = 1": (
        Sum(Y[i], (i, 1, n)) / n,
        Sum(Y[i], (i, 1, n)),
        Context(sizes=({n: 1}, {n: 2})),
        "differs inside the domain",
    ),
    "a dropped factor under a sum": (
        Sum(Derivative((w * X[i] - Y[i]) ** 2, w), (i, 1, n)),
        Sum((w * X[i] - Y[i]) * X[i], (i, 1, n)),
        BATCH,
        "differs inside the domain",
    ),
    "an index clash": (
        Derivative(EXPS, Z[j]),
        exp(Z[j]),
        Context(sizes=({K: 3, j: 2},)),
        "index clash: j is summed over",
    ),
    "no number for an index": (
        exp(Z[k]) / EXPS,
        exp(Z[k]) / EXPS + 0 * Y[1],
        Context(sizes=({K: 3},)),
        "give its index a value",
    ),
    "a matrix as variable": (
        Derivative(r**2, r),
        Derivative(sp.Function("f")(r), sp.Function("f")(r)),
        Context(),
        "not a symbol",
    ),
    "nothing to compare": (
        log(-1 - r**2),
        2 * log(-1 - r**2),
        Context(),
        "vacuous check: both sides are defined at only 0 of 12 points",
    ),
    "a kink that cannot be solved": (
        Abs(sp.sin(r)),
        sp.sin(r) * sign(sp.sin(r)),
        Context(),
        "cannot solve the kink",
    ),
    "a kink at no fraction": (
        Piecewise((1, r > sp.sqrt(2)), (0, True)),
        Piecewise((1, r >= sp.sqrt(2)), (0, True)),
        Context(),
        "r = sqrt(2) is no fraction",
    ),
    "a division by zero": (
        r,
        r * sp.zoo,
        Context(),
        "undefined after",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_statements_are_refused(name: str) -> None:
    left, right, context, message = WRONG[name]
    with pytest.raises(CheckError, match=re.escape(message)):
        check_equal(left, right, context)


def test_a_step_may_be_declared_to_hold_away_from_kinks() -> None:
    one_sided = Piecewise((1, r >= 0), (-1, True))
    check = check_equal(sign(r), one_sided, Context(), at_kinks=False)
    assert check.kinks == 0


def test_a_wrong_step_names_itself_its_reason_and_the_point() -> None:
    derivation = Derivation(L, r**2 / 2).step(r * r / 2, "square")
    with pytest.raises(
        StepError,
        match=r"step 2 \(halve\): differs inside the domain, at r = "
        r"\S+: \S+ before, \S+ after",
    ):
        derivation.step(r**2, "halve")
    assert len(derivation.lines) == 2


def test_a_derivation_refuses_a_derivative_that_does_not_exist() -> (
    None
):
    # SymPy calls the derivative of a step 0 and forgets the jump.
    assert sp.diff(Piecewise((1, r > 0), (0, True)), r) == 0
    with pytest.raises(
        StepError, match="the function jumps from 0 to 1"
    ):
        Derivation(L, Derivative(Piecewise((1, r > 0), (0, True)), r))


def test_derivatives_under_a_sum_are_checked_too() -> None:
    jumps = Sum(Derivative(sign(w - Y[i]), w), (i, 1, n))
    with pytest.raises(StepError, match="the function jumps"):
        Derivation(L, jumps, context=BATCH)


def test_derivatives_inside_a_step_are_checked_too() -> None:
    with pytest.raises(StepError, match="jumps"):
        Derivation(L, sp.S.Zero).step(Derivative(sign(r), r), "a jump")


SLOPES = {
    "smooth": (r**3, 3 * r**2),
    "C1": (HUBER, Max(-delta, Min(delta, r))),
    "C0": (Abs(r), sign(r)),
}


@pytest.mark.parametrize("smoothness", SLOPES)
def test_smoothness_is_found(smoothness: str) -> None:
    function, slope = SLOPES[smoothness]
    assert check_slope(function, r, slope, {}) == smoothness


def test_a_kink_in_the_text_need_not_be_one_in_the_function() -> None:
    log_cosh = Abs(r) + log(1 + exp(-2 * Abs(r))) - log(2)
    assert check_slope(log_cosh, r, sp.tanh(r), {}) == "smooth"


@pytest.mark.parametrize(
    ("slope", "message"),
    [
        (2 * sign(r), "not the derivative by r"),
        (
            sign(r) + 3 * sp.KroneckerDelta(r, 0),
            "no subgradient at the kink",
        ),
    ],
)
def test_a_wrong_slope_is_refused(slope: sp.Expr, message: str) -> None:
    with pytest.raises(CheckError, match=message):
        check_slope(Abs(r), r, slope, {})


def test_any_subgradient_will_do_at_a_kink() -> None:
    upper = Piecewise((1, r >= 0), (-1, True))
    assert check_slope(Abs(r), r, upper, {}) == "C0"


def test_the_same_check_gives_the_same_points() -> None:
    left, right, context = TRUE["Huber's gradient is a clip"]
    assert check_equal(left, right, context) == check_equal(
        left, right, context
    )


def test_a_difference_in_the_20th_digit_is_refused() -> None:
    with pytest.raises(CheckError, match="differs"):
        check_equal(r, r * (1 + sp.Rational(1, 10**20)), Context())


def test_nothing_is_asked_outside_the_domain() -> None:
    inside = Context(domain={r: sp.Interval.open(0, 1)})
    assert check_equal(Abs(r), r, inside).kinks == 0
    assert check_equal(
        Abs(delta - 1),
        1 - delta,
        Context(domain={delta: sp.Interval(0, 1)}),
    )


def test_a_slope_that_exists_nowhere_is_vacuous() -> None:
    with pytest.raises(
        CheckError, match="vacuous check: the derivative"
    ):
        check_slope(log(-1 - r**2), r, 2 * r / (1 + r**2), {})
