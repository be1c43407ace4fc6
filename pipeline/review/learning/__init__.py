"""Decisions teach: likeness of ideas, scores, confidence, what to decide next."""
