"""Supervised release: a mentor reads what a learning supporter writes before it goes, and less as they are sure."""
