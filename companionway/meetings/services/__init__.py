"""What people do about meetings. What the service does by itself stands in `meetings.nearing`."""

from companionway.meetings.details import SeriesDetails, details_of, is_link
from companionway.meetings.services._choosing import (
    forget,
    invite_me,
    letter_sent,
    remind_me,
    stop_inviting,
)
from companionway.meetings.services._cover import ask_for_cover, can_after_all, give_cover_back, take_cover
from companionway.meetings.services._holding import hold, say_at_the_door, step_down
from companionway.meetings.services._places import ask_for_place, give_place_back
from companionway.meetings.services._series import begin_series, change_series, end_series
from companionway.meetings.services._single import add_extra, cancel_meeting, move_meeting, put_back

__all__ = [
    "SeriesDetails",
    "add_extra",
    "ask_for_cover",
    "ask_for_place",
    "begin_series",
    "can_after_all",
    "cancel_meeting",
    "change_series",
    "details_of",
    "end_series",
    "forget",
    "give_cover_back",
    "give_place_back",
    "hold",
    "invite_me",
    "is_link",
    "letter_sent",
    "move_meeting",
    "put_back",
    "remind_me",
    "say_at_the_door",
    "step_down",
    "stop_inviting",
    "take_cover",
]
