"""Tests of the review panel: what is looked at, listed, decided, said, then the widgets, then a real browser."""
