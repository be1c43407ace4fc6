"""Texts → groups: views, neighbours, consensus, and how firm each group is."""
