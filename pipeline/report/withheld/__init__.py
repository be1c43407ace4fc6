"""Small counts withheld, for all documents together."""
