"""Tests of `pipeline.ingest.reading.sheet`."""
