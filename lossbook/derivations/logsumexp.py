"""Logsumexp of a row cut in two: how the states of two blocks merge."""

import sympy as sp

from lossbook.symbolic import Context, Derivation

j, J, K = sp.symbols("j J K", integer=True, positive=True)
a, b, m, L = sp.symbols("a b m L", real=True)
s_a, s_b = sp.symbols("s_a s_b", positive=True)
logits = sp.IndexedBase("z", real=True)


def left(term: sp.Expr) -> sp.Sum:
    return sp.Sum(term, (j, 1, J))


def right(term: sp.Expr) -> sp.Sum:
    return sp.Sum(term, (j, beyond, J + K))


with sp.evaluate(False):  # print terms in the order we write them
    beyond = J + 1
    from_a = sp.exp(logits[j] - a)
    from_b = sp.exp(logits[j] - b)
    at_m = s_a * sp.exp(a - m) + s_b * sp.exp(b - m)

whole = left(sp.exp(logits[j])) + right(sp.exp(logits[j]))
left_sum, right_sum = left(from_a), right(from_b)
shifts = Context(
    where={s_a: left_sum, s_b: right_sum},
    sizes=[{J: 1, K: 1}, {J: 2, K: 1}, {J: 2, K: 3}],
)
with sp.evaluate(False):
    merged = (
        Derivation(L, sp.log(whole), "logsumexp, cut in two", shifts)
        .step(
            sp.log(sp.exp(a) * left_sum + sp.exp(b) * right_sum),
            "each block pulls out its own shift",
        )
        .step(
            sp.log(s_a * sp.exp(a) + s_b * sp.exp(b)),
            "those are the sums the blocks have kept",
        )
        .step(sp.log(sp.exp(m) * at_m), "pull out $e^m$, for any $m$")
        .step(m + sp.log(at_m), r"log of a product; $\log e^m = m$")
    )
