"""Colours, fonts and pictures: facts in, SVG out."""
