"""Tests of `pipeline.cluster.grouping`."""
