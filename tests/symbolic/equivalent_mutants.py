"""Mutants that the checker accepts because they are no mistakes.

The key is the line of the book and its mutant, both as LaTeX; the value
says why the two are equal.
"""

EQUIVALENT: dict[tuple[str, str], str] = {}
