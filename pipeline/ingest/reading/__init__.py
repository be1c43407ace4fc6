"""Bytes of a file → grids of text."""
