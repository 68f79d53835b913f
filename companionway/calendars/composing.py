"""Which calendar somebody is given: public ones by name, private ones with neutral titles and names of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from companionway.calendars import queries
from companionway.calendars.models import Feed
from companionway.calendars.writing import Entry, calendar, invitation
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
    return invitation(
        uid=f"{_own_name(actor.public_id, meeting.public_id)}@{_host(here)}",
        title=here.short_name or here.name,
        organizer=f"no-reply@{_host(here)}",
        attendee=actor.email or f"me@{_host(here)}",
        starts_at=meeting.starts_at.astimezone(UTC),
        length=meeting.length,
        sequence=change.sequence if change else 0,
        changed_at=change.changed_at if change else meeting.series.created_at,
        is_cancelled=meeting.state == "cancelled",
    )
