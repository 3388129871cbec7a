"""Formulas as LaTeX and as JavaScript."""

import pytest
import sympy as sp

from lossbook.symbolic import Formula, javascript, sigma, softplus, tex

L = sp.Symbol("L")
r, y, yhat, x = sp.symbols("r y yhat x", real=True)
delta = sp.Symbol("delta", positive=True)
i, j, n = sp.symbols("i j n", integer=True, positive=True)
Z = sp.IndexedBase("z", real=True)

with sp.evaluate(False):
    AS_WRITTEN = {
        r"\hat{y} - y": yhat - y,
        r"- \left(y - \hat{y}\right) x": -(y - yhat) * x,
        r"\hat{y} - y + x - 1": yhat - y + x - 1,
        r"\frac{r^{2}}{2}": r**2 / 2,
        r"\frac{r}{n}": 1 * r / n,
        r"\operatorname{sign}\left(r\right)": sp.sign(r),
        r"\sigma^{2}\left(r\right)": sigma(r) ** 2,
        r"\operatorname{softplus}\left(r\right)": softplus(r),
        r"\left|r\right|^{2}": sp.Abs(r) ** 2,
        r"\log{\left(r \right)}": sp.log(r),
        r"z_{i}": Z[i],
        r"\sum_{i=1}^{n} \left|z_{i}\right|": sp.Sum(
            sp.Abs(Z[i]), (i, 1, n)
        ),
        r"- \sum_{i=1}^{n} z_{i}": -sp.Sum(Z[i], (i, 1, n)),
        r"\frac{1}{2 n} \sum_{i=1}^{n} z_{i}": sp.Sum(Z[i], (i, 1, n))
        / (2 * n),
        r"\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{n} \left(z_{i} - z_{j}\right)": (
            sp.Sum(Z[i] - Z[j], (j, 1, n), (i, 1, n)) / n
        ),
        r"\frac{1}{n} \frac{d}{d r} \left|r\right|": (
            sp.Derivative(sp.Abs(r), r) / n
        ),
        r"\frac{\partial L}{\partial r} x": sp.Derivative(L, r) * x,
        r"\prod_{i=1}^{n} z_{i}": sp.Product(Z[i], (i, 1, n)),
        r"z_{i,j}": Z[i, j],
        r"\sum_{i=1}^{n} z_{i}": sp.Sum(Z[i], (i, 1, n)),
        r"\delta_{i j}": sp.KroneckerDelta(i, j),
        r"\mathbf{1}\left[r > 0\right]": sp.Heaviside(r),
        r"\left|r\right| \leq \delta": sp.Abs(r) <= delta,
        r"\frac{\partial L}{\partial \hat{y}}": sp.Derivative(L, yhat),
        r"\max\left(- \delta, \min\left(\delta, r\right)\right)": sp.Max(
            -delta, sp.Min(delta, r)
        ),
        r"\begin{cases} r & \text{if } \left|r\right| \leq \delta"
        r" \\ 0 & \text{otherwise} \end{cases}": sp.Piecewise(
            (r, sp.Abs(r) <= delta), (0, True)
        ),
    }


@pytest.mark.parametrize("expected", AS_WRITTEN)
def test_latex_keeps_the_order_of_the_hand(expected: str) -> None:
    assert tex(AS_WRITTEN[expected]) == expected


def test_a_condition_that_sympy_turned_round_is_turned_back() -> None:
    turned = sp.Piecewise((r, sp.Abs(r) <= delta), (0, True))
    assert r"\left|r\right| \leq \delta" in tex(turned)


def test_a_formula_shows_itself() -> None:
    formula = Formula(r**2, by=r, smoothness="smooth")
    assert formula._repr_latex_() == "$$L = r^{2}$$"


def test_javascript_takes_no_function_it_does_not_know() -> None:
    with pytest.raises(
        sp.printing.codeprinter.PrintMethodNotImplementedError
    ):
        javascript(sp.zeta(r))
