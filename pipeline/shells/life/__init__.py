"""After the composition: files out, files back."""
