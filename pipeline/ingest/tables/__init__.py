"""Rows as read → the tables of the stage: one row an idea, one a person."""
