"""Which calendar somebody is given: public ones by name, private ones with neutral titles and names of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from companionway.calendars import inviting, queries
from companionway.calendars.models import Feed
from companionway.calendars.writing import Entry, calendar, extra_uid
from companionway.meetings import letters
from companionway.meetings import policy as meetings_policy
from companionway.meetings import queries as meetings
from companionway.people import queries as people
from companionway.people.models import Organisation, Person


def _host(here: Organisation) -> str:
    return urlsplit(people.public_url(here)).hostname or "localhost"


def public(here: Organisation, series: Iterable[Any], name: str, now: datetime) -> bytes:
    """Series that everybody may find, with their own names; a place only where the tradition shows it."""
    rows = list(series)
    changes = meetings.changed_meetings(rows)
    at = people.public_url(here)
    entries = [
        Entry(
            series=row,
            changes=changes.get(row.pk, []),
            uid=f"{row.public_id}@{_host(here)}",
            title=row.name,
            about=row.about,
            url=at + reverse("meetings:public_one", args=[row.public_id]),
            shows_place=meetings_policy.may_see_place(None, row),
        )
        for row in rows
    ]
    return calendar(name, entries, this_year=now.year)


def private(feed: Feed, now: datetime) -> bytes:
    """One's own. No name of a group, no address of a page that names one, and no UID that also stands in a public
    feed: whoever keeps the calendar cannot put the two side by side by their names."""
    here, facts = feed.person.organisation, queries.facts_of(feed)
    rows = queries.series_in(feed, now)
    changes = meetings.changed_meetings(rows)
    title = facts.get("title") or here.short_name or here.name
    entries = [
        Entry(
            series=row,
            changes=changes.get(row.pk, []),
            uid=f"{_own_name(feed.public_id, row.public_id)}@{_host(here)}",
            title=title,
            shows_place=feed.shows_place and meetings_policy.may_see_place(feed.person, row),
        )
        for row in rows
    ]
    return calendar(title, entries, this_year=now.year)


def _own_name(one: str, other: str) -> str:
    """Always the same for these two, and without the key of this installation not to be found out."""
    keyed = f"{settings.SECRET_KEY}|calendar|{one}|{other}".encode()
    return hashlib.sha256(keyed).hexdigest()[:32]


def one_meeting(actor: Person, meeting: Any, now: datetime) -> bytes:
    """An invitation to one meeting, or its cancellation (iTIP REQUEST and CANCEL), with a neutral title."""
    here = actor.organisation
    change = meetings.the_change(meeting)
    return inviting.invitation(
        uid=f"{_own_name(actor.public_id, meeting.public_id)}@{_host(here)}",
        title=here.short_name or here.name,
        organizer=_nobody(here),
        attendee=actor.email or f"me@{_host(here)}",
        starts_at=meeting.starts_at.astimezone(UTC),
        length=meeting.length,
        sequence=change.sequence if change else 0,
        changed_at=change.changed_at if change else meeting.series.created_at,
        is_cancelled=meeting.state == "cancelled",
    )


def _nobody(here: Organisation) -> str:
    return f"no-reply@{_host(here)}"


def _neutral(person: Person) -> str:
    """What everybody has in their calendar: an e-mail names no service either."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        return _("Meeting")


def _between(person: Person, now: datetime) -> inviting.Between:
    return inviting.Between(_nobody(person.organisation), person.email, now)


def entries(person: Person, series: Any, now: datetime) -> list[letters.Entry]:
    """What one's calendar should have of a series: all of it under one name, extra meetings under their own."""
    here = person.organisation
    changes = meetings.changed_meetings([series]).get(series.pk, [])
    uid = f"{_own_name(person.public_id, series.public_id)}@{_host(here)}"
    whole = Entry(series=series, changes=changes, uid=uid, title=_neutral(person))
    extras = [each for each in changes if each.is_extra and each.kind != "cancelled"]
    found = [_extra(whole, each, _between(person, now), now) for each in extras]
    return [
        *_of_the_rule(whole, _between(person, now), now),
        *(each for each in found if each.ends > now.isoformat()),
    ]


def _of_the_rule(whole: Entry, between: inviting.Between, now: datetime) -> list[letters.Entry]:
    singles = [each for each in whole.changes if not each.is_extra]
    off = [each for each in singles if each.kind == "cancelled"]
    ends = ""
    if not whole.series.rule:
        at = meetings.only_time(whole.series, singles)
        ends = (at + timedelta(minutes=whole.series.minutes)).isoformat()
        if off or ends <= now.isoformat() or (whole.series.ended_at and whole.series.ended_at <= at):
            return []
    content = inviting.request(whole, between, now.year)
    sure = inviting.request(
        replace(whole, changes=[each for each in singles if each not in off]), between, now.year
    )
    ahead = {
        each.original.isoformat(): inviting.cancel_one(whole, each, between)
        for each in off
        if each.original > now
    }
    return [letters.Entry(whole.uid, whole.series.sequence, content, _digest(sure), ahead, ends)]


def _extra(whole: Entry, change: Any, between: inviting.Between, now: datetime) -> letters.Entry:
    content = inviting.request_extra(whole, change, between)
    lasts = timedelta(minutes=change.minutes or whole.series.minutes)
    ends = ((change.starts_at or change.original) + lasts).isoformat()
    return letters.Entry(extra_uid(whole.uid, change), change.sequence, content, _digest(content), ends=ends)


def _digest(content: bytes) -> str:
    """The same for the same times and places, whichever version says them, and whenever."""
    without = re.sub(rb"(?m)^(SEQUENCE|DTSTAMP|LAST-MODIFIED)[:;].*$", b"", content)
    return hashlib.sha256(without).hexdigest()[:32]


def taken_back(person: Person, uid: str, sequence: int, now: datetime) -> bytes:
    """Nothing of this is in one's calendar any more."""
    return inviting.cancel_all(uid, sequence, _neutral(person), _between(person, now))
