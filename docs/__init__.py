"""Pages in French beside those of `notebooks/`, and the tool that makes the guide of both."""
