"""Personal data in texts → the same texts with each span replaced by what it was, and a private list of the spans."""
