"""Tests of `pipeline.files`."""
