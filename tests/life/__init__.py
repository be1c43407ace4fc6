"""Tests of what comes after the composition."""
