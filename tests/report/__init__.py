"""Tests of the documents and exports."""
