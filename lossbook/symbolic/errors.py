"""What the checker raises."""

from __future__ import annotations


class CheckError(ValueError):
    """A statement that is wrong, or that cannot be checked."""


class StepError(CheckError):
    """A step of a derivation that does not follow from the one before."""
