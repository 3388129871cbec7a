"""The losses as SymPy, one a file; each defines `formula` and `gradient`."""
