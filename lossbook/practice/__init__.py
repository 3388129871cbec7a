"""Practice: the questions of the chapters."""

from lossbook.practice.notebook import quiz

__all__ = ["quiz"]
