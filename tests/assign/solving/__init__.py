"""Tests of `pipeline.assign.solving`."""
