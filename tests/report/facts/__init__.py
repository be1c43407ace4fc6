"""Tests of `pipeline.report.facts`."""
