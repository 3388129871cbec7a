"""Derivations that questions ask for and that belong to no one loss."""
