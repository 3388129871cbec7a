"""The two functions of this field that SymPy lacks: σ and softplus.

That their ``fdiff`` is right is not taken on trust: it is a step of
the derivations in ``tests/symbolic/test_functions.py``.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


class sigma(sp.Function):
    """The logistic sigmoid σ(z) = 1 / (1 + e⁻ᶻ)."""

    nargs = 1
    is_real = True
    is_positive = True

    def fdiff(self, _argindex: int = 1) -> sp.Expr:
        return self * (1 - self)

    def _eval_rewrite_as_exp(self, z: sp.Expr, **_: Any) -> sp.Expr:
        return 1 / (1 + sp.exp(-z))


class softplus(sp.Function):
    """The softplus log(1 + eᶻ), whose derivative is σ(z)."""

    nargs = 1
    is_real = True
    is_positive = True

    def fdiff(self, _argindex: int = 1) -> sp.Expr:
        return sigma(self.args[0])

    def _eval_rewrite_as_exp(self, z: sp.Expr, **_: Any) -> sp.Expr:
        return sp.log(1 + sp.exp(z))
