"""Tests of `pipeline.review.sheet`."""
