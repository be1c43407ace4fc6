"""Tests of `pipeline.cluster.naming.named`."""
