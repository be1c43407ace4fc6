"""Groups → titles, phrases, sentences and reasons, in words of their authors."""
