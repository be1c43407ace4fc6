"""Tests of `pipeline.ingest.reading.grids`."""
