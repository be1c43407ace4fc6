"""Tests of `pipeline.ingest.tables.ideas`."""
