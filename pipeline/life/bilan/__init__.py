"""The full review: facts counted from tables (`counting`, `model`), what is read (`view`), its forms (`forms`)."""
