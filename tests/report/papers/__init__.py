"""Tests of `pipeline.report.papers`."""
