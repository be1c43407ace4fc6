"""Tests of `pipeline.ingest.tables`."""
