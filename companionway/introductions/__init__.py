"""Finding each other: asking, three doors, suggestions with reasons, the waiting list and proposals."""
