"""Tests of `pipeline.report.view.whole`."""
