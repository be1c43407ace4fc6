"""The view → what each document says, before it is laid out."""
