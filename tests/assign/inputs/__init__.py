"""Tests of `pipeline.assign.inputs`."""
