"""The analyst's desk and the decisions on disk."""
