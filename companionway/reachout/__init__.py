"""Reach-out: being asked after when one is away, only by whom and how one chose it."""
