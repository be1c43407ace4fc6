"""What the analyst is told and gives back: the account of an ingestion, lists and decisions."""
