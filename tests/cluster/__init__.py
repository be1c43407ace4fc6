"""Tests of the cluster stage."""
