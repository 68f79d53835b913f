"""The pages of this room."""

from companionway.meetings.views._arranging import begin, change, end, extra
from companionway.meetings.views._covering import can_after_all, cannot, cover, give_back, take
from companionway.meetings.views._finding import (
    forget,
    invitations,
    meeting,
    place,
    public,
    public_one,
    remind_me,
    series,
    what_is_on,
)
from companionway.meetings.views._holding import door, give, hold, step_down, who
from companionway.meetings.views._single import cancel, move, put_back

__all__ = [
    "begin",
    "can_after_all",
    "cancel",
    "cannot",
    "change",
    "cover",
    "door",
    "end",
    "extra",
    "forget",
    "give",
    "give_back",
    "hold",
    "invitations",
    "meeting",
    "move",
    "place",
    "public",
    "public_one",
    "put_back",
    "remind_me",
    "series",
    "step_down",
    "take",
    "what_is_on",
    "who",
]
