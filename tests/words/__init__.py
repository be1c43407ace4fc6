"""Tests of `pipeline.words`."""
