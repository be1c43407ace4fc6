"""Decisions on their way in: typed, listed, joined, and what each would do."""
