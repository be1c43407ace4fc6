"""Tests of `pipeline.review.replaying`."""
