"""Answers to huber-scalar."""

import math
from collections import namedtuple

from answers import right, wrong

Both = namedtuple("Both", "loss slope")


@right
def by_branches(r, delta=1.0):
    if abs(r) <= delta:
        return 0.5 * r**2, r
    sign = 1 if r > 0 else -1
    return delta * abs(r) - 0.5 * delta**2, sign * delta


@right
def by_clipping(r, delta=1.0):
    c = max(-delta, min(delta, r))
    return c * (r - c / 2), c


@right
def as_a_list_with_strict_comparisons(r, delta=1.0):
    if -delta < r < delta:
        return [r * r / 2, r]
    return [
        delta * (math.fabs(r) - delta / 2),
        math.copysign(delta, r),
    ]


@wrong("beyond δ", "without the δ/2 it jumps")
def without_the_constant(r, delta=1.0):
    if abs(r) <= delta:
        return r * r / 2, r
    return delta * abs(r), math.copysign(delta, r)


@wrong("another δ", "δ²/2")
def constant_without_its_delta(r, delta=1.0):
    if abs(r) <= delta:
        return r * r / 2, r
    return delta * abs(r) - delta / 2, math.copysign(delta, r)


@wrong("small residuals", "½ of the parabola is missing")
def no_half(r, delta=1.0):
    if abs(r) <= delta:
        return r * r, 2 * r
    return delta * (abs(r) - delta / 2), math.copysign(delta, r)


@wrong("beyond δ", "lost its sign")
def slope_without_sign(r, delta=1.0):
    if abs(r) <= delta:
        return r * r / 2, r
    return delta * (abs(r) - delta / 2), delta


@wrong("another δ", "±δ, not ±1")
def slope_of_one(r, delta=1.0):
    if abs(r) <= delta:
        return r * r / 2, r
    return delta * (abs(r) - delta / 2), math.copysign(1, r)


@wrong("beyond δ", "compare |r| with δ")
def no_absolute_value_in_the_test(r, delta=1.0):
    if r <= delta:
        return r * r / 2, r
    return delta * (abs(r) - delta / 2), math.copysign(delta, r)


@wrong("small residuals", "branches are swapped")
def swapped_branches(r, delta=1.0):
    if abs(r) > delta:
        return r * r / 2, r
    return delta * (abs(r) - delta / 2), math.copysign(delta, r)


@wrong("small residuals", "sign is flipped")
def flipped(r, delta=1.0):
    c = max(-delta, min(delta, r))
    return c * (r - c / 2), -c


@wrong("a residual of 1e300", "OverflowError: choose the branch")
def square_first(r, delta=1.0):
    square = r**2 / 2
    if abs(r) <= delta:
        return square, r
    return delta * (abs(r) - delta / 2), math.copysign(delta, r)


@wrong("a residual of 1e300", "inf · 0 is NaN")
def by_masks(r, delta=1.0):
    inside = abs(r) <= delta
    square, line = r * r / 2, delta * (abs(r) - delta / 2)
    loss = square * inside + line * (1 - inside)
    return loss, max(-delta, min(delta, r))


@wrong("at the kinks", "both branches have the same value")
def nothing_at_the_kink(r, delta=1.0):
    if abs(r) < delta:
        return r * r / 2, r
    if abs(r) > delta:
        return delta * (abs(r) - delta / 2), math.copysign(delta, r)
    return 0.0, 0.0


@wrong("small residuals", "`return loss, slope`")
def only_the_loss(r, delta=1.0):
    c = max(-delta, min(delta, r))
    return c * (r - c / 2)


@wrong("small residuals", "Plain Python refuses to divide by 0")
def sign_by_division(r, delta=1.0):
    slope = min(abs(r), delta) * r / abs(r)
    return slope * (r - slope / 2), slope


@wrong("a second call", "remembered between calls")
def with_a_memory(r, delta=1.0, seen=[]):  # noqa: B006
    seen.append(r)
    c = max(-delta, min(delta, r))
    return c * (r - c / 2) * (1 + 1e-10 * len(seen)), c


@right
def as_a_named_tuple(r, delta=1.0):
    clipped = sorted([-delta, r, delta])[1]
    return Both(clipped * r - clipped * clipped / 2, clipped)


@wrong("another δ", "`delta` is not used")
def delta_is_always_1(r, delta=1.0):
    clipped = max(-1, min(1, r))
    return clipped * (r - clipped / 2), clipped


@wrong("small residuals", "in another order")
def slope_first(r, delta=1.0):
    clipped = max(-delta, min(delta, r))
    return clipped, clipped * (r - clipped / 2)


@wrong("at the kinks", "Nothing came back")
def no_way_for_the_kinks(r, delta=1.0):
    if abs(r) < delta:
        return r * r / 2, r
    if abs(r) > delta:
        return delta * (abs(r) - delta / 2), math.copysign(delta, r)
    return None


@wrong("small residuals", "some signs are not")
def delta_by_an_index(r, delta=1.0):
    clipped = max(-delta, min(delta, r))
    slope = [abs(r), delta][abs(r) > delta]
    return clipped * (r - clipped / 2), slope * (1 if r > 1 else -1)
