"""The pages and feeds of this room."""

from companionway.calendars.views._bringing import bring, room
from companionway.calendars.views._feeds import (
    invitation,
    meeting_guide,
    of_programme,
    private,
    public,
    series,
)
from companionway.calendars.views._own import mine, take_back

__all__ = [
    "bring",
    "invitation",
    "meeting_guide",
    "mine",
    "of_programme",
    "private",
    "public",
    "room",
    "series",
    "take_back",
]
