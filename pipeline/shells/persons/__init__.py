"""Where personal data is in a workspace, its removal, and the proof of it."""
