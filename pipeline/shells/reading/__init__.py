"""The second reader of a workspace: what was agreed to, what it is asked, what it answered."""
