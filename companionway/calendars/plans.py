"""The plan of a room, uploaded: read, compared with our meetings there, and forgotten. Files may be hostile."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from icalendar import Calendar

MOST_BYTES: Final = 512_000
MOST_LINES: Final = 20_000
MOST_EVENTS: Final = 2_000
# All of the reading; a file that takes longer is a trap, or a century.
SECONDS: Final = 3.0
_TOO_OFTEN: Final = ("SECONDLY", "MINUTELY", "HOURLY")
_OLDEST: Final = 1990


class Unreadable(ValueError):
    """Nothing of the file can be used; str() is a sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """A time at which the room is taken, by whatever the file calls it."""

    starts_at: datetime
    ends_at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    taken: list[Taken]
    # What was not understood, a sentence each.
    problems: list[str]


def read(content: bytes, zone: ZoneInfo, since: datetime, until: datetime) -> Plan:
    """When the room is taken between two moments. Times without a zone are those of `zone`. Raises Unreadable."""
    if len(content) > MOST_BYTES or content.count(b"\n") > MOST_LINES:
        raise Unreadable(_("This calendar is too big. Please export only the coming weeks."))
    try:
        events = _by_uid(Calendar.from_ical(content, multiple=True))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as fault:
        raise Unreadable(_("This is not a calendar that we can read (.ics).")) from fault
    return _all_taken(events, zone, since, until)


def _by_uid(calendars: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    count = 0
    for each in calendars:
        if each.name != "VCALENDAR":
            raise Unreadable(_("This is not a calendar that we can read (.ics)."))
        for event in each.walk("VEVENT"):
            count += 1
            if count > MOST_EVENTS:
                raise Unreadable(_("This calendar is too big. Please export only the coming weeks."))
            found.setdefault(str(event.get("UID", f"without {count}")), []).append(event)
    if not found:
        raise Unreadable(_("There is nothing in this calendar."))
    return found


def _all_taken(events: dict[str, list[Any]], zone: ZoneInfo, since: datetime, until: datetime) -> Plan:
    plan, left = Plan([], []), time.monotonic() + SECONDS
    for each in events.values():
        name = _name(each[0])
        if time.monotonic() > left:
            plan.problems.append(_("This calendar takes too long to read. What follows was left out."))
            break
        try:
            plan.taken.extend(_taken(each, zone, since, until))
        except Unreadable as fault:
            plan.problems.append(f"{name}: {fault}")
        except (
            Exception
        ):  # whatever a hostile file makes three libraries raise: the line is named, the page stands
            plan.problems.append(_("%(name)s: we could not read when this is.") % {"name": name})
    plan.taken.sort()
    return plan


def _name(event: Any) -> str:
    text = str(event.get("SUMMARY", "")) or _("Without a name")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80]


def _taken(events: list[Any], zone: ZoneInfo, since: datetime, until: datetime) -> list[Taken]:
    for event in events:
        _is_bearable(event)
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    found = []
    for each in recurring_ical_events.of(calendar, keep_recurrence_attributes=False).between(since, until):
        if str(each.get("STATUS", "")) == "CANCELLED" or str(each.get("TRANSP", "")) == "TRANSPARENT":
            continue
        begins, ends = _moment(each["DTSTART"].dt, zone), _moment(each["DTEND"].dt, zone)
        found.append(Taken(begins, max(ends, begins), _name(each)))
    return found


def _is_bearable(event: Any) -> None:
    if "DTSTART" not in event:
        raise Unreadable(_("it has no beginning."))
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        said = {str(key).upper(): value for key, value in rule.items()}
        if any(str(each).upper() in _TOO_OFTEN for each in said.get("FREQ", [])):
            raise Unreadable(_("it comes again more often than every day."))
        if event["DTSTART"].dt.year < _OLDEST:
            raise Unreadable(_("it began very long ago."))
    rdates = event.get("RDATE", [])
    if isinstance(rdates, list) and len(rdates) > MOST_EVENTS:
        raise Unreadable(_("it has too many dates."))


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, datetime.min.time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clash:
    meeting: Any
    taken: Taken


def clashes(meetings: Iterable[Any], taken: Iterable[Taken]) -> list[Clash]:
    """Which of our meetings the room is taken for. Whole days count; one that only touches does not."""
    all_taken = list(taken)
    return [
        Clash(meeting, each)
        for meeting in meetings
        for each in all_taken
        if each.starts_at < meeting.ends_at and meeting.starts_at < each.ends_at
    ]


def window(now: datetime) -> tuple[datetime, datetime]:
    return now, now + timedelta(weeks=8)
