"""Tests of the notebooks and of what they stand on."""
