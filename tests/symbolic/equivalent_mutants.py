"""Mutants that the checker accepts because they are no mistakes.

The key is a line of the book and its mutant; the value says why the two
are equal. Anything else that survives fails the test.
"""

INNER_DERIVATIVE = "the dropped factor, dr/dyhat, is 1"

EQUIVALENT = {
    (
        "Derivative(L, r)*Derivative(r, yhat)",
        "Derivative(L, r)",
    ): INNER_DERIVATIVE,
    (
        "sign(r)*Derivative(r, yhat)",
        "sign(r)",
    ): INNER_DERIVATIVE,
    (
        "r*Derivative(r, yhat)",
        "r",
    ): INNER_DERIVATIVE,
    (
        "Piecewise((r, delta >= Abs(r)), (delta*sign(r), True))",
        "Piecewise((r, delta > Abs(r)), (delta*sign(r), True))",
    ): "where |r| = delta, both branches have the value delta*sign(r)",
    (
        "log(Sum(exp(z[j]), (j, 1, K)))*Sum(y[i], (i, 1, K))"
        " - Sum(y[i]*z[i], (i, 1, K))",
        "log(Sum(exp(z[j]), (j, 1, K))) - Sum(y[i]*z[i], (i, 1, K))",
    ): "the dropped factor is the sum of the targets, 1",
    (
        "log(K)*Sum(p[i], (i, 1, K)) + Sum(log(p[i])*p[i], (i, 1, K))",
        "log(K) + Sum(log(p[i])*p[i], (i, 1, K))",
    ): "the dropped factor is the sum of the probabilities, 1",
    (
        "Sum(log(p[i]/q[i])*p[i], (i, 1, K)) - Sum(p[i], (i, 1, K))"
        " + Sum(q[i], (i, 1, K))",
        "Sum(log(p[i]/q[i])*p[i], (i, 1, K)) + Sum(q[i], (i, 1, K)) - 1",
    ): "the sum that became a 1 is that of the probabilities",
}
