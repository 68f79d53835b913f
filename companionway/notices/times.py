"""When a notice may go: after quiet hours, or with the day's one. In the person's own time zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companionway.people import queries as people_queries
from companionway.people.models import Person

DIGEST_AT: Final = time(18, 0)
MESSAGE_WAIT: Final = timedelta(minutes=2)
NO_WAIT: Final = timedelta()
LONGEST_BACK_OFF: Final = timedelta(hours=6)


def zone_of(person: Person) -> ZoneInfo:
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def next_at(person: Person, clock: time, after: datetime) -> datetime:
    """The next moment at which the person's clock shows `clock`, later than `after`."""
    local = after.astimezone(zone_of(person))
    today = datetime.combine(local.date(), clock, local.tzinfo)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, local.tzinfo)


def after_quiet(person: Person, moment: datetime) -> datetime:
    """`moment` itself, or the end of the quiet hours in which it lies: their own, or a night of young people."""
    moment = people_queries.night_ends(person, moment) or moment
    if person.quiet_until is None or not people_queries.is_quiet_now(person, moment):
        return moment
    return next_at(person, person.quiet_until, moment)


def next_digest(person: Person, now: datetime) -> datetime:
    """This evening's summary, or tomorrow's; after quiet hours where the two meet."""
    return after_quiet(person, next_at(person, DIGEST_AT, now))


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many failed tries: two minutes, four, eight ... six hours at most."""
    return min(timedelta(minutes=2**attempts), LONGEST_BACK_OFF)
