"""σ and softplus: SymPy takes their derivatives from us."""

import mpmath as mp
import pytest
import sympy as sp

from lossbook.symbolic import Context, check_equal, sigma, softplus
from lossbook.symbolic.precise import fast

z = sp.Symbol("z", real=True)


@pytest.mark.parametrize(
    ("ours", "definition"),
    [
        (sigma(z), 1 / (1 + sp.exp(-z))),
        (softplus(z), sp.log(1 + sp.exp(z))),
    ],
)
def test_the_derivative_is_that_of_the_definition(
    ours: sp.Expr, definition: sp.Expr
) -> None:
    check = check_equal(
        sp.diff(ours, z), sp.diff(definition, z), Context()
    )
    assert check.how == "proved"


@pytest.mark.parametrize("at", [-3, 0, 5])
def test_values_to_50_digits(at: int) -> None:
    with mp.workdps(50):
        e = mp.e**at
        expected = {sigma: e / (1 + e), softplus: mp.log(1 + e)}
        for function, value in expected.items():
            got = mp.mpf(fast(function(z))({z: sp.Integer(at)}))
            assert mp.almosteq(got, value, rel_eps=mp.mpf(10) ** -48)
