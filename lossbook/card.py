"""A row of the cheat sheet: a loss in three lines and a picture."""

from types import ModuleType

import numpy as np
import sympy as sp

from lossbook.plotting import Chart, figure, style, zero_lines
from lossbook.symbolic import Formula, tex

# One frame for all, so that the pictures compare; a square is one unit.
_RIGHT = 3
_LOW, _HIGH = -2, 4
_JUMP = 0.4  # what a slope changes by between two points only at a kink


class Lines:
    """The formula of a loss, a form of it that computes, its gradient.

    Args:
        loss: A module of `lossbook.formulas`.
        computes: Another form of the loss; `Formula.stable` if None.
    """

    def __init__(
        self, loss: ModuleType, computes: sp.Expr | None = None
    ) -> None:
        formula: Formula = loss.formula
        other = formula.stable if computes is None else computes
        forms = (
            [formula.loss] if other is None else [formula.loss, other]
        )
        first, *more = [rf"&= {tex(form)}" for form in forms]
        slope = loss.gradient
        self.rows = [
            f"L {first}",
            *more,
            f"{tex(slope.lhs)} &= {tex(slope.result)}",
        ]

    def _repr_latex_(self) -> str:
        body = " \\\\[0.2em]\n".join(self.rows)
        return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"


def thumbnail(loss: ModuleType, **values: float) -> Chart:
    """The loss, solid, and its gradient, dashed, of one sample.

    Args:
        loss: A module of `lossbook.formulas`.
        values: Its other symbols by their names, `y=0, delta=1`.
    """
    formula: Formula = loss.formula
    # Kinks at round numbers are hit.
    xs = np.linspace(-_RIGHT, _RIGHT, 40 * 2 * _RIGHT + 1)
    height = formula.along(formula.loss, values)(xs)
    slope = formula.along(loss.gradient.result, values)(xs)
    jumps = np.abs(np.diff(slope, prepend=slope[:1])) > _JUMP
    slope[jumps] = np.nan

    slug = loss.__name__.rpartition(".")[2]
    chart, ax = figure(height=300)
    zero_lines(ax)
    look = style(slug) | {"linestyle": "-"}
    ax.plot(xs, height, **look)
    ax.plot(xs, slope, **look | {"linestyle": (0, (3, 1.6))})
    ax.set(xlim=(-_RIGHT, _RIGHT), ylim=(_LOW - 0.1, _HIGH + 0.1))
    ax.set_xticks(range(-_RIGHT, _RIGHT + 1), [""] * (2 * _RIGHT + 1))
    ax.set_yticks(range(_LOW, _HIGH + 1), [""] * (_HIGH - _LOW + 1))
    return chart
