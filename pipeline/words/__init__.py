"""What several stages tell people with the same words: facts in, French out."""
