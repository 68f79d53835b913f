"""What we tell: ids only. `subject` is "series:ID". Who will come, or chose to be reminded, is told to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from companionway.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfASeries(Event):
    series_id: int
    programme_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfAMeeting(_OfASeries):
    """`original` is the instant by the rule, as calendars know it."""

    meeting_id: int | None
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBegun(_OfASeries):
    name: ClassVar[str] = "meetings.series_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChanged(_OfASeries):
    """When, where or how it meets is otherwise from now on."""

    name: ClassVar[str] = "meetings.series_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEnded(_OfASeries):
    name: ClassVar[str] = "meetings.series_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCancelled(_OfAMeeting):
    """`wants_holder`: because nobody could hold it, said by the service itself."""

    name: ClassVar[str] = "meetings.cancelled"
    wants_holder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMoved(_OfAMeeting):
    name: ClassVar[str] = "meetings.moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAdded(_OfAMeeting):
    name: ClassVar[str] = "meetings.added"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPutBack(_OfAMeeting):
    """As the series says again."""

    name: ClassVar[str] = "meetings.put_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken(_OfASeries):
    """`about_id` holds `role` from now on."""

    name: ClassVar[str] = "meetings.position_taken"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLeft(_OfASeries):
    name: ClassVar[str] = "meetings.position_left"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverWanted(_OfAMeeting):
    """Somebody is asked to hold one meeting. `time` counts the askings. Who cannot is nobody's business: no actor."""

    name: ClassVar[str] = "meetings.cover_wanted"
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTaken(_OfAMeeting):
    """Somebody stands in. Who it is stands with the meeting until it is over, and nowhere after."""

    name: ClassVar[str] = "meetings.cover_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersChosen(Event):
    """Somebody changed what they are reminded of. Not what: `subject` is "person:ID"."""

    name: ClassVar[str] = "meetings.reminders_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesChosen(Event):
    """Somebody asked for a place, or gave one back. Not where: `subject` is "person:ID"."""

    name: ClassVar[str] = "meetings.places_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGiven(Event):
    """`about_id` waited and has a place now. Not where."""

    name: ClassVar[str] = "meetings.place_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(Event):
    """Something `about_id` chose is soon, on this day. Not what."""

    name: ClassVar[str] = "meetings.reminder_due"
    day: str
