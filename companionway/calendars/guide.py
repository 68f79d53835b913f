"""The open Meeting Guide format, out and in. Weekly meetings of twelve-step programmes; no person is ever named.

Source: github.com/code4recovery/spec (JSON; day 0 is Sunday, time is local and HH:MM). Not affiliated with anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from companionway.meetings.codes import CODES
from companionway.meetings.services import SeriesDetails, is_link
from companionway.meetings.states import Way
from companionway.people.group_rules import GroupRules
from companionway.people.models import Programme
from companionway.reasoning import recurrence

MOST_BYTES: Final = 300_000
MOST_MEETINGS: Final = 300
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


def is_twelve_step(programme: Programme) -> bool:
    """A programme with twelve-step groups; sponsorship alone has no meetings."""
    return programme.practice_model.startswith("twelve_step") and GroupRules.of(programme) is not None


def exported(series: Iterable[Any], at: str, url_of: Any) -> list[dict[str, Any]]:
    """One row for each weekday of each weekly series; what is not weekly has no place in this format."""
    found = []
    for row in series:
        rule = recurrence.parse(row.rule)
        if (
            not is_twelve_step(row.programme)
            or rule is None
            or rule.frequency != "WEEKLY"
            or rule.interval != 1
            or rule.count
        ):
            continue
        days = recurrence.spoken(rule, row.starts_on).by_day
        for _nth, weekday in days:
            slug = row.public_id if len(days) == 1 else f"{row.public_id}-{weekday}"
            found.append(_row(row, slug, (weekday + 1) % 7, at + url_of(row)))
    return found


def _row(series: Any, slug: str, day: int, url: str) -> dict[str, Any]:
    ends = (datetime.combine(date(2000, 1, 1), series.begins) + timedelta(minutes=series.minutes)).time()
    said: dict[str, Any] = {
        "name": series.name,
        "slug": slug,
        "day": day,
        "time": f"{series.begins:%H:%M}",
        "end_time": f"{ends:%H:%M}",
        "timezone": series.zone,
        "types": list(series.codes),
        "url": url,
        "updated": f"{series.changed_at:%Y-%m-%d %H:%M:%S}",
    }
    if series.about:
        said["notes"] = series.about
    rules = GroupRules.of(series.programme)
    if series.place_name and not (rules and rules.hides_place):
        said["location"] = series.place_name
        if series.place_address:
            said["formatted_address"] = series.place_address
    if series.way == Way.LINK:
        said["conference_url"] = series.link
    elif series.way == Way.ROOM:
        said["conference_url"] = url
    return said


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of an uploaded list: what it would become, and what was not understood."""

    number: int
    name: str
    details: SeriesDetails | None
    problems: tuple[str, ...]


class Unreadable(ValueError):
    """Nothing of the file can be used; str() is a sentence."""


def read(text: str, zone: str, today: date) -> list[Line]:
    """Every meeting of the list. Raises Unreadable; a single line that is wrong only says so."""
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable(_("This list is too long. Please bring it in parts."))
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(_("This is not a list in the Meeting Guide format (JSON).")) from fault
    if not isinstance(rows, list) or not rows:
        raise Unreadable(_("This is not a list of meetings."))
    if len(rows) > MOST_MEETINGS:
        raise Unreadable(_("This list is too long. Please bring it in parts."))
    return [_line(number, row, zone, today) for number, row in enumerate(rows, 1)]


def _line(number: int, row: Any, zone: str, today: date) -> Line:
    if not isinstance(row, dict):
        return Line(number, "", None, (_("This line is not a meeting."),))
    name = _text(row, "name", 120)
    day, clock = _day(row.get("day")), _clock(row.get("time"))
    problems = [
        sentence
        for is_wrong, sentence in (
            (not name, _("It has no name.")),
            (day is None, _("It has no day of the week.")),
            (clock is None, _("It has no time.")),
        )
        if is_wrong
    ]
    if problems or day is None or clock is None:
        return Line(number, name, None, tuple(problems))
    first = today + timedelta(days=(day - today.weekday()) % 7)
    details = SeriesDetails(
        name=name,
        zone=_text(row, "timezone", 60) or zone,
        starts_on=first,
        begins=clock,
        rule="FREQ=WEEKLY",
        minutes=_minutes(clock, _clock(row.get("end_time"))),
        about=_text(row, "notes", 2000),
        is_public=True,
    )
    return _placed(number, row, details)


def _placed(number: int, row: dict[str, Any], details: SeriesDetails) -> Line:
    problems = []
    types = (
        [each for each in row.get("types") or [] if isinstance(each, str)]
        if isinstance(row.get("types"), list)
        else []
    )
    if unknown := sorted({each[:20] for each in types if each not in CODES}):
        problems.append(
            _("Kinds that are not known here are left out: %(these)s.") % {"these": ", ".join(unknown)}
        )
    link, place = _text(row, "conference_url", 300), _text(row, "location", 120)
    address = _text(row, "formatted_address", 300)
    if link and not is_link(link):
        problems.append(_("Its link is not a web address and is left out."))
        link = ""
    way = Way.IN_PERSON if (place or address) else Way.LINK if link else Way.ROOM
    if any(row.get(each) for each in ("contact_1_name", "contact_1_email", "contact_1_phone", "group_notes")):
        problems.append(
            _("Names and numbers of people are left out. They have no place in a list of meetings.")
        )
    return Line(
        number,
        details.name,
        replace(
            details, way=way, link=link, place_name=place or address[:120], place_address=address,
            codes=tuple(dict.fromkeys(each for each in types if each in CODES)),
        ),
        tuple(problems),
    )  # fmt: skip


def _text(row: dict[str, Any], key: str, most: int) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        return ""
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())[:most]


def _day(value: Any) -> int | None:
    """Monday 0, from Sunday 0; a number or a digit."""
    if isinstance(value, str) and value in set("0123456"):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return (value - 1) % 7
    return None


def _clock(value: Any) -> time | None:
    read = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    return time(int(read[1]), int(read[2])) if read else None


def _minutes(begins: time, ends: time | None) -> int:
    if ends is None:
        return 60
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    minutes = minutes if minutes > 0 else minutes + 1440
    return minutes if 5 <= minutes <= 720 else 60
