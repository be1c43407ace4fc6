"""Decisions replayed: a state, one function an action, what follows from all of them."""
