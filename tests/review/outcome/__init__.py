"""Tests of `pipeline.review.outcome`."""
