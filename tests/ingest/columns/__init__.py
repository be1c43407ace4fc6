"""Tests of `pipeline.ingest.rows.said`."""
