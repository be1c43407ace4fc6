"""One cell: what is written in it, and what a header above it means."""
