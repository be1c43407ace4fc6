"""How alike texts are, remembered on disk: for themes given beforehand and for what the review learns."""
