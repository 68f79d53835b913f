"""Fairness: decisions with reasons, a second pair of eyes, appeals heard by three, ending and blocking in one press."""
