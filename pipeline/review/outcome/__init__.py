"""What decisions leave: tables, the hierarchy, ids that last, what changed since."""
