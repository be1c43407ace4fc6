"""One kind of question a file: what is asked of a reader, and how its answer is checked."""
