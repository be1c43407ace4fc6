"""Tests of `pipeline.report.render`."""
