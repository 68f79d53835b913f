"""The pages of two people, and the one a coordinator has."""

from companionway.support.views._overseeing import ages, look_at_note, oversee
from companionway.support.views._parting import (
    end,
    ending,
    letter,
    pause,
    resume,
    someone_else,
    take_ending_back,
)
from companionway.support.views._walk import (
    about_them,
    again,
    first_meeting,
    how_it_goes,
    walk,
    walks,
    ways_on,
)
from companionway.support.views._words import (
    accept_agreement,
    agreement,
    agreement_on_paper,
    note,
    note_page,
    write_agreement,
)

__all__ = [
    "ages",
    "about_them",
    "accept_agreement",
    "again",
    "agreement",
    "agreement_on_paper",
    "end",
    "ending",
    "first_meeting",
    "how_it_goes",
    "letter",
    "look_at_note",
    "note",
    "note_page",
    "oversee",
    "pause",
    "resume",
    "someone_else",
    "take_ending_back",
    "walk",
    "walks",
    "ways_on",
    "write_agreement",
]
