"""Tests of `pipeline.report.drawing`."""
