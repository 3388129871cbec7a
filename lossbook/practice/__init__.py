"""Practice: the questions and the challenges of the chapters."""
