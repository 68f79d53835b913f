"""Temporary sponsors: in a twelve-step group somebody offers, a newcomer asks, and the two begin for a while."""
