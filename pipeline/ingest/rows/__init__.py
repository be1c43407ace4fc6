"""Understood tables → what each row says, kept outside memory where there are many."""
