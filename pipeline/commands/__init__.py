"""One file per group of commands; each imports what it runs inside its functions, so that `--help` is instant."""
