"""Invitations and cancellations (iTIP, RFC 5546): for one person's calendar, with a neutral title, never answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vText

from companionway.calendars.writing import (
    YEARS_AHEAD,
    Entry,
    empty,
    events_of,
    extra_uid,
    said,
    second,
    time_zone,
)


@dataclass(frozen=True, slots=True)
class Between:
    """Who writes to whom. Nobody answers: whether somebody comes is nobody's business."""

    organizer: str
    attendee: str
    now: datetime


def _addressed(made: Calendar, between: Between, *, is_off: bool = False) -> bytes:
    """As iTIP (RFC 5546) wants it: every event from somebody, to somebody, at a moment."""
    for event in made.walk("VEVENT"):
        for name in ("DTSTAMP", "ORGANIZER", "ATTENDEE"):
            event.pop(name, None)
        event.add("DTSTAMP", second(between.now))
        event.add("ORGANIZER", f"mailto:{between.organizer}")
        how = {"PARTSTAT": "NEEDS-ACTION", "ROLE": "OPT-PARTICIPANT", "RSVP": "FALSE"}
        event.add("ATTENDEE", f"mailto:{between.attendee}", parameters=how)
        if is_off:
            event.pop("STATUS", None)
            event.add("STATUS", "CANCELLED")
    return bytes(made.to_ical())


def request(entry: Entry, between: Between, this_year: int) -> bytes:
    """A series with all its changes, or one meeting that stands alone, as an invitation."""
    made = empty("REQUEST")
    series = entry.series
    made.add_component(time_zone(series.zone, series.starts_on.year, this_year + YEARS_AHEAD))
    for event in events_of(entry):
        if str(event["UID"]) == entry.uid:
            made.add_component(event)
    return _addressed(made, between)


def request_extra(entry: Entry, change: Any, between: Between) -> bytes:
    """One meeting that the rule does not have. Times as instants."""
    made = empty("REQUEST")
    event = said(entry, extra_uid(entry.uid, change), change.sequence, change.changed_at)
    event.add("DTSTART", second(change.starts_at or change.original))
    event.add("DURATION", timedelta(minutes=change.minutes or entry.series.minutes))
    event.add("STATUS", "CONFIRMED")
    made.add_component(event)
    return _addressed(made, between)


def cancel_one(entry: Entry, change: Any, between: Between) -> bytes:
    """One meeting of a series does not take place. It is named by the time it had, as an instant."""
    made = empty("CANCEL")
    event = said(entry, entry.uid, change.sequence, change.changed_at)
    event.add("RECURRENCE-ID", second(change.original))
    event.add("DTSTART", second(change.starts_at or change.original))
    made.add_component(event)
    return _addressed(made, between, is_off=True)


def cancel_all(uid: str, sequence: int, title: str, between: Between) -> bytes:
    """Nothing of this is in the calendar any more."""
    made = empty("CANCEL")
    event = Event()
    event.add("UID", uid)
    event.add("SEQUENCE", sequence)
    event.add("SUMMARY", vText(title))
    made.add_component(event)
    return _addressed(made, between, is_off=True)


def invitation(
    *,
    uid: str,
    title: str,
    organizer: str,
    attendee: str,
    starts_at: datetime,
    length: timedelta,
    sequence: int,
    changed_at: datetime,
    is_cancelled: bool,
) -> bytes:
    """One meeting as iTIP (RFC 5546) knows it: REQUEST, or CANCEL for the same UID. Times as instants."""
    made = empty("CANCEL" if is_cancelled else "REQUEST")
    event = Event()
    event.add("UID", uid)
    event.add("SEQUENCE", sequence)
    event.add("SUMMARY", vText(title))
    event.add("DTSTART", starts_at)
    event.add("DURATION", length)
    event.add("STATUS", "CONFIRMED")
    event.add("CLASS", "PRIVATE")
    made.add_component(event)
    return _addressed(made, Between(organizer, attendee, changed_at), is_off=is_cancelled)
