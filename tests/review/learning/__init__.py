"""Tests of `pipeline.review.learning`."""
