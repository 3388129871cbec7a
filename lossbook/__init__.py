"""Loss Functions by Hand: the package behind the chapters."""
