"""The pages of this room."""

from companionway.reading.views._of_the_two import ask, keep, ours, yes
from companionway.reading.views._reader import open_page, queue, read

__all__ = ["ask", "keep", "open_page", "ours", "queue", "read", "yes"]
