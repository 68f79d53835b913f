"""Steps with company: a ladder of one’s own, somebody alongside, and what moved into ordinary life."""
