"""Gatherings: one meeting while it happens: the room, quiet seats, the script and its timer, the door, what follows."""
