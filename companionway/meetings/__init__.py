"""Meetings: when and where a group, a course or a house meets, who holds it, and what happens when nobody can."""
