"""Tests of `pipeline.review.entering`."""
