"""Who makes the parts."""
