"""Tables of the chain → the one view that documents are laid out from."""
