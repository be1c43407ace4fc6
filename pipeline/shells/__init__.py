"""One file per stage: loads what the stage needs, calls it, saves what it returns. Nothing is computed here."""
