"""What is said of a series when it is begun or changed, checked in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.meetings import codes, saying
from companionway.meetings.models import Series
from companionway.meetings.states import Way
from companionway.people.group_rules import GroupRules
from companionway.people.models import Programme
from companionway.reasoning import recurrence

LONGEST_MINUTES, SHORTEST_MINUTES = 720, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDetails:
    """Everything people say of a series. `rule` as RFC 5545 writes it (empty: once); times are local to `zone`."""

    name: str
    zone: str
    starts_on: date
    begins: time
    minutes: int = 90
    rule: str = ""
    last_on: date | None = None
    way: str = Way.ROOM
    about: str = ""
    language: str = "en"
    place_name: str = ""
    place_address: str = ""
    travel_notes: str = ""
    sensory_notes: str = ""
    link: str = ""
    capacity: int | None = None
    format_key: str = ""
    is_closed: bool = False
    is_public: bool = False
    codes: tuple[str, ...] = ()


NAMES = tuple(each.name for each in fields(SeriesDetails))


def details_of(series: Series) -> SeriesDetails:
    """What is said of it now, to be changed in part with `dataclasses.replace`."""
    said = {name: getattr(series, name) for name in NAMES}
    return SeriesDetails(**{**said, "codes": tuple(series.codes)})


def checked(details: SeriesDetails, programme: Programme) -> dict[str, Any]:
    """The fields of a row. Raises Refused with the first thing that does not fit, and what would."""
    rule = _rule(details)
    for is_wrong, sentence in _wrong(details, programme):
        if is_wrong:
            raise Refused(sentence)
    said = {name: getattr(details, name) for name in NAMES}
    return {**said, "rule": str(rule or ""), "codes": list(details.codes), "name": details.name.strip()}


def _rule(details: SeriesDetails) -> recurrence.Rule | None:
    try:
        rule = recurrence.parse(details.rule)
        recurrence.check(rule, details.starts_on, recurrence.first_day)
    except recurrence.WrongRule as fault:
        raise Refused(saying.why_not(fault)) from fault
    first = recurrence.first_day(rule, details.starts_on)
    if details.last_on and first and details.last_on < first:
        raise Refused(_("The last day is before the first meeting. Please look at the two dates."))
    return rule


def _wrong(details: SeriesDetails, programme: Programme) -> list[tuple[bool, str]]:
    rules = GroupRules.of(programme)
    formats = {each.key for each in rules.formats} if rules else set()
    return [
        (not details.name.strip(), _("Please give it a name.")),
        (not _is_zone(details.zone), _("Please choose a time zone from the list.")),
        (
            not SHORTEST_MINUTES <= details.minutes <= LONGEST_MINUTES,
            _("A meeting lasts between five minutes and twelve hours."),
        ),
        (
            not 2000 <= details.starts_on.year <= 2100,
            _("Please look at the year of the first meeting."),
        ),
        (details.way not in Way.values, _("Please choose how you meet.")),
        (
            bool(details.link) and not is_link(details.link),
            _("Please check the link. It should begin with https://"),
        ),
        (
            details.way == Way.LINK and not details.link,
            _("Please add the link that people use to join."),
        ),
        (
            details.way == Way.IN_PERSON and not details.place_name,
            _("Please say where you meet."),
        ),
        (
            details.is_public and details.is_closed,
            _("What only people who were let in can find cannot stand on a public page."),
        ),
        (
            details.is_closed and programme.has_no_staff_space,
            _("Here every meeting is open to everybody who belongs, so none is for some people only."),
        ),
        (
            bool(details.format_key) and details.format_key not in formats,
            _("Please choose one of the formats listed."),
        ),
        (not codes.are_known(details.codes), _("Please choose kinds of meeting from the list.")),
        (
            details.capacity is not None and not 1 <= details.capacity <= 10_000,
            _("Please write how many places there are, or leave it empty."),
        ),
    ]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def is_link(text: str) -> bool:
    """A web address that a page may lead to: nothing that runs, nothing without a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    has_space = any(each.isspace() or not each.isprintable() for each in text)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not has_space
