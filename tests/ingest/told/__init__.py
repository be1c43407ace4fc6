"""Tests of `pipeline.ingest.told`."""
