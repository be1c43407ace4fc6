"""Grids → tables of which each column is understood."""
