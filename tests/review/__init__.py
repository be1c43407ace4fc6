"""Tests of people's decisions: reading, replaying, learning, exchanging."""
