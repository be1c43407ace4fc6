"""The tests mirror `pipeline/`: a file or folder for each of its files or folders."""
