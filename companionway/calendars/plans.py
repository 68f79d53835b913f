"""The plan of a room, uploaded: read, compared with our meetings there, and forgotten. Files may be hostile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar.timezone import tzp

from companionway.calendars import taming

MOST_BYTES: Final = 512_000
MOST_LINES: Final = 20_000
MOST_EVENTS: Final = 2_000
# All of the reading; a file that takes longer is a trap, or a century.
SECONDS: Final = 3.0
_OLDEST: Final = 1990
# The library keeps the zones of every file by their names, for the whole process: a zone that one file made up would
# be that of the next one. So files are read one after the other, each from the beginning.
_one_at_a_time = threading.Lock()


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
    if len(content) > MOST_BYTES:
        raise Unreadable(_("This calendar is too big. Please export only the coming weeks."))
    try:
        with _one_at_a_time:
            text = taming.tamed(content)
            if text.count("\n") > MOST_LINES:
                raise Unreadable(_("This calendar is too big. Please export only the coming weeks."))
            tzp.use_default()
            events = _by_uid(Calendar.from_ical(text, multiple=True))
    except Unreadable:
        raise
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as fault:
        raise Unreadable(_("This is not a calendar that we can read (.ics).")) from fault
    return _all_taken(events, zone, since, until)


def _by_uid(calendars: Iterable[Any]) -> list[list[Any]]:
    """Each entry with what was changed about it."""
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
    return [group for events in found.values() for group in _apart(events)]


def _apart(events: list[Any]) -> list[list[Any]]:
    """Different entries that were given the same name stay apart; only a later version takes the place of one."""
    masters = [each for each in events if "RECURRENCE-ID" not in each]
    if len(masters) < 2:
        return [events]
    changes = [each for each in events if "RECURRENCE-ID" in each]
    newest = max(_version(each) for each in masters)
    *others, last = [each for each in masters if _version(each) == newest]
    return [*([each] for each in others), [last, *changes]]


def _version(event: Any) -> int:
    said = str(event.get("SEQUENCE", "0"))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _all_taken(events: list[list[Any]], zone: ZoneInfo, since: datetime, until: datetime) -> Plan:
    plan, left = Plan([], []), time.monotonic() + SECONDS
    for each in events:
        name = _name(each[0])
        if time.monotonic() > left:
            plan.problems.append(_("This calendar takes too long to read. What follows was left out."))
            break
        try:
            plan.taken.extend(_taken(_bearable(each, plan), zone, since, until))
        except (
            Exception
        ):  # whatever a hostile file makes three libraries raise: the line is named, the page stands
            plan.problems.append(_("%(name)s: we could not read when this is.") % {"name": name})
    plan.taken.sort()
    return plan


def _name(event: Any) -> str:
    text = str(event.get("SUMMARY", "")) or _("Without a name")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80]


def _bearable(events: list[Any], plan: Plan) -> list[Any]:
    """Those that can be counted; of the others a sentence each."""
    found = []
    for event in events:
        if why := _why_not(event):
            plan.problems.append(f"{_name(event)}: {why}")
        else:
            found.append(event)
    return found


def _taken(events: list[Any], zone: ZoneInfo, since: datetime, until: datetime) -> list[Taken]:
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    found = []
    for each in recurring_ical_events.of(calendar, keep_recurrence_attributes=False).between(since, until):
        if _says(each, "STATUS") == "CANCELLED" or _says(each, "TRANSP") == "TRANSPARENT":
            continue
        begins, ends = _moment(each["DTSTART"].dt, zone), _moment(each["DTEND"].dt, zone)
        found.append(Taken(begins, max(ends, begins), _name(each)))
    return found


def _says(event: Any, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _why_not(event: Any) -> str:
    """Why an entry is not counted, or nothing."""
    if "DTSTART" not in event:
        return _("it has no beginning.")
    rules = [
        {str(key).upper(): list(value) if isinstance(value, list) else [value] for key, value in rule.items()}
        for rule in _as_list(event.get("RRULE"))
    ]
    if any(taming.comes_too_often(rule) for rule in rules):
        return _("it comes again more often than every day.")
    if len(rules) > taming.MOST_RULES or not all(taming.is_countable(rule) for rule in rules):
        return _("it comes again by a rule that we do not know.")
    if rules and event["DTSTART"].dt.year < _OLDEST:
        return _("it began very long ago.")
    if (
        sum(len(dates.dts) for name in ("RDATE", "EXDATE") for dates in _as_list(event.get(name)))
        > MOST_EVENTS
    ):
        return _("it has too many dates.")
    return ""


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


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
