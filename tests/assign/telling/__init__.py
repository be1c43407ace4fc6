"""Tests of `pipeline.assign.telling`."""
