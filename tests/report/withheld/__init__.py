"""Tests of `pipeline.report.withheld`."""
