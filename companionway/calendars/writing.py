"""Calendars in writing (RFC 5545, 7986): one entry for a series, one more for each meeting that is otherwise.

Escaping and folding is the library's; time zones are ours (`reasoning.zones`): its own misled readers by an hour.
Nothing depends on the moment of asking but the year, so the same calendar is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vRecur, vText

from companionway.calendars.states import ASK_AGAIN_HOURS
from companionway.reasoning import recurrence, zones

_PRODUCT: Final = "-//Companionway//Meetings//EN"
# How far the clock changes of a zone without rules are written down.
YEARS_AHEAD: Final = 13


@dataclass(frozen=True, slots=True)
class Entry:
    """How one series is to be written: who may know what is decided before. `uid` stays for ever."""

    series: Any
    changes: Sequence[Any]
    uid: str
    title: str
    about: str = ""
    url: str = ""
    shows_place: bool = False
    in_zone: str = ""


def calendar(name: str, entries: Iterable[Entry], *, this_year: int, method: str = "PUBLISH") -> bytes:
    """One calendar with these series."""
    made = empty(method)
    made.add("NAME", vText(name))
    made.add("X-WR-CALNAME", vText(name))
    every = timedelta(hours=ASK_AGAIN_HOURS)
    made.add("REFRESH-INTERVAL", vDuration(every), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(every))
    events: list[Event] = []
    first_years: dict[str, int] = {}
    for entry in entries:
        events += events_of(entry)
        year = first_years.get(entry.series.zone, entry.series.starts_on.year)
        first_years[entry.series.zone] = min(year, entry.series.starts_on.year)
    for zone, year in sorted(first_years.items()):
        made.add_component(time_zone(zone, year, this_year + YEARS_AHEAD))
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def empty(method: str) -> Calendar:
    made = Calendar()
    made.add("PRODID", _PRODUCT)
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", method)
    return made


def time_zone(name: str, from_year: int, until_year: int) -> Timezone:
    """A VTIMEZONE by what the zone really does."""
    made = Timezone()
    made.add("TZID", name)
    for each in zones.observances(ZoneInfo(name), from_year, max(until_year, from_year + YEARS_AHEAD)):
        part: Any = TimezoneDaylight() if each.is_daylight else TimezoneStandard()
        part.add("DTSTART", each.local)
        part.add("TZOFFSETFROM", each.before)
        part.add("TZOFFSETTO", each.after)
        part.add("TZNAME", each.name)
        if each.rule:
            part.add("RRULE", vRecur.from_ical(each.rule))
        for moment in each.also:
            part.add("RDATE", moment)
        made.add_component(part)
    return made


def events_of(entry: Entry) -> list[Event]:
    series = entry.series
    rule = recurrence.parse(series.rule)
    first = recurrence.first_day(rule, series.starts_on)
    if first is None:
        return []
    changes = {each.original: each for each in entry.changes}
    extras = [each for each in entry.changes if each.is_extra]
    begins = datetime.combine(first, series.begins)
    if rule is None:
        original = recurrence.instant(first, series.begins, series.tz)
        found = [_once(entry, entry.uid, original, changes.get(original))]
    else:
        singles = [each for each in entry.changes if not each.is_extra]
        found = [_master(entry, begins, rule), *(_override(entry, each) for each in singles)]
    return [*found, *(_once(entry, extra_uid(entry.uid, each), each.original, each) for each in extras)]


def extra_uid(uid: str, change: Any) -> str:
    name, _at, host = uid.partition("@")
    return f"{name}-{change.original.astimezone(UTC):%Y%m%dT%H%M%S}@{host}"


def said(entry: Entry, uid: str, sequence: int, changed_at: datetime) -> Event:
    """What every entry says."""
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", second(changed_at))
    event.add("LAST-MODIFIED", second(changed_at))
    event.add("SEQUENCE", sequence)
    event.add("SUMMARY", vText(entry.title))
    if entry.about:
        event.add("DESCRIPTION", vText(entry.about))
    if entry.url:
        event.add("URL", entry.url)
    event.add("CLASS", "PUBLIC" if entry.shows_place and entry.about else "PRIVATE")
    return event


def second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _local(moment: datetime, series: Any) -> datetime:
    """A wall time with its zone's name, as one writes it; the library keeps the name."""
    return moment.replace(tzinfo=series.tz)


def _times(event: Event, series: Any, local: datetime, length: timedelta) -> None:
    event.add("DTSTART", _local(local, series))
    # A length, not an end: it stays the same over a night of clock change.
    event.add("DURATION", length)


def _master(entry: Entry, begins: datetime, rule: recurrence.Rule) -> Event:
    series = entry.series
    event = said(entry, entry.uid, series.sequence, series.changed_at)
    _times(event, series, begins, timedelta(minutes=series.minutes))
    event.add("RRULE", vRecur.from_ical(_with_end(series, begins, rule)))
    is_off = series.ended_at is not None and series.ended_at <= recurrence.instant(
        begins.date(), series.begins, series.tz
    )
    event.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    _place(event, entry, None)
    return event


def _with_end(series: Any, begins: datetime, rule: recurrence.Rule) -> str:
    """The rule with its end. COUNT and UNTIL may not stand together, so the earlier last meeting is worked out."""
    if series.last_on is None and series.ended_at is None:
        return str(rule)
    ends = [recurrence.instant(series.last_on, series.begins, series.tz)] if series.last_on else []
    ends += [series.ended_at - timedelta(seconds=1)] if series.ended_at else []
    until = min(ends)
    if rule.count:
        since = recurrence.instant(begins.date(), series.begins, series.tz)
        held = recurrence.starts(rule, begins, series.tz, None, since, until + timedelta(seconds=1))
        until = held[-1] if held else since
    text = ";".join(part for part in str(rule).split(";") if not part.startswith("COUNT="))
    return f"{text};UNTIL={second(until):%Y%m%dT%H%M%SZ}"


def _override(entry: Entry, change: Any) -> Event:
    """A meeting that is otherwise: named by the time it had by the rule, as the rule's own wall time."""
    series = entry.series
    event = said(entry, entry.uid, change.sequence, change.changed_at)
    nominal = datetime.combine(change.original.astimezone(series.tz).date(), series.begins)
    event.add("RECURRENCE-ID", _local(nominal, series))
    _single(event, entry, change, nominal)
    return event


def _once(entry: Entry, uid: str, original: datetime, change: Any) -> Event:
    """A meeting that stands alone."""
    series = entry.series
    sequence, changed_at = series.sequence, series.changed_at
    if change is not None:
        sequence, changed_at = max(sequence, change.sequence), max(changed_at, change.changed_at)
    event = said(entry, uid, sequence, changed_at)
    nominal = original.astimezone(series.tz).replace(tzinfo=None)
    _single(event, entry, change, nominal)
    return event


def _single(event: Event, entry: Entry, change: Any, nominal: datetime) -> None:
    series = entry.series
    length = timedelta(minutes=(change.minutes if change else None) or series.minutes)
    at = change.starts_at if change else None
    if at is not None and _needs_utc(at, series.tz):
        # The second time a clock shows this hour: only an instant can say which.
        event.add("DTSTART", second(at))
        event.add("DURATION", length)
    else:
        local = at.astimezone(series.tz).replace(tzinfo=None, fold=0) if at else nominal
        _times(event, series, local, length)
    is_off = change is not None and change.kind == "cancelled"
    gone = series.ended_at is not None and series.ended_at <= (
        at or recurrence.instant(nominal.date(), nominal.time(), series.tz)
    )
    event.add("STATUS", "CANCELLED" if is_off or gone else "CONFIRMED")
    if is_off and change.instead and entry.shows_place:
        event.pop("DESCRIPTION", None)
        event.add("DESCRIPTION", vText(change.instead))
    _place(event, entry, change)


def _needs_utc(at: datetime, zone: ZoneInfo) -> bool:
    return at.astimezone(zone).fold == 1


def _place(event: Event, entry: Entry, change: Any) -> None:
    if not entry.shows_place:
        return
    series = entry.series
    name = (change.place_name if change else "") or series.place_name
    address = (change.place_address if change else "") or (
        "" if change and change.place_name else series.place_address
    )
    if name or address:
        event.add("LOCATION", vText(", ".join(filter(None, [name, address]))))
