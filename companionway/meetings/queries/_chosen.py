"""What somebody asked to be reminded of. From a series to its people there is no way but opening every sealed list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q

from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of, open_facts, preload
from companionway.meetings import letters, policy
from companionway.meetings.models import Chosen, Cover, Holds, Invited, Meeting, Series
from companionway.meetings.models._series import SeriesQuerySet
from companionway.meetings.states import MeetingState
from companionway.people.models import Person

CHOSEN: Final = "chosen meetings"
SENT: Final = "sent invitations"
# A reminder of tomorrow is not for the early morning.
NOT_BEFORE: Final = time(9)


def chosen_by(person: Person) -> list[str]:
    """The public ids on their list, as they were put there."""
    row = Chosen.objects.filter(person=person).first()
    return _open(row) if row else []


def _open(row: Chosen) -> list[str]:
    try:
        return [str(each) for each in open_facts(key_of(PERSON, row.person_id), row.sealed, CHOSEN) or []]
    except KeyDestroyed:
        return []


def series_chosen_by(person: Person) -> SeriesQuerySet:
    """Those on their list that they may still come to."""
    return policy.enterable_by(person).filter(public_id__in=chosen_by(person))


def who_chose(series: Series) -> list[int]:
    """For the one purpose of telling them: never for a page. Whoever may not come any more is not among them."""
    rows = list(Chosen.objects.filter(person__organisation__programmes=series.programme_id))
    preload(PERSON, [row.person_id for row in rows])
    wanted = [row.person_id for row in rows if series.public_id in _open(row)]
    people = Person.objects.here().filter(pk__in=wanted)
    return [each.pk for each in people if policy.may_choose(each, series)]


def whose_day_nears(now: datetime) -> list[tuple[Person, date]]:
    """Who chose something that is tomorrow in their own time zone, and was not told yet of that day."""
    rows = list(
        Chosen.objects.select_related("person").filter(person__is_active=True, person__erased_at=None)
    )
    preload(PERSON, [row.person_id for row in rows])
    found = []
    for row in rows:
        tomorrow = _tomorrow(row.person, now)
        if tomorrow is not None and tomorrow != row.reminded_of and _is_on(row, tomorrow):
            found.append((row.person, tomorrow))
    return found


def _zone(person: Person) -> ZoneInfo:
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _tomorrow(person: Person, now: datetime) -> date | None:
    local = now.astimezone(_zone(person))
    return local.date() + timedelta(days=1) if local.time() >= NOT_BEFORE else None


def _is_on(row: Chosen, day: date) -> bool:
    begins = datetime.combine(day, time(), _zone(row.person))
    ends = datetime.combine(day + timedelta(days=1), time(), _zone(row.person))
    mine = policy.enterable_by(row.person).filter(public_id__in=_open(row)).values("pk")
    planned = Meeting.objects.filter(series__in=mine, state=MeetingState.PLANNED)
    return planned.filter(starts_at__gte=begins, starts_at__lt=ends).exists()


def in_own_calendar(person: Person, now: datetime) -> SeriesQuerySet:
    """What one chose, holds or stands in at: for one's own calendar, in an order that stays."""
    held = Holds.objects.now(now).filter(person=person).values("series")
    covered = Cover.objects.filter(taken_by=person).values("meeting__series")
    chosen = policy.enterable_by(person).filter(public_id__in=chosen_by(person)).values("pk")
    found = Series.objects.filter(Q(pk__in=held) | Q(pk__in=covered) | Q(pk__in=chosen))
    return found.select_related("programme__organisation").order_by("pk")


def is_invited(person: Person) -> bool:
    return Invited.objects.filter(person=person).exists()


def who_is_invited(person_ids: set[int]) -> set[int]:
    return set(Invited.objects.filter(person__in=person_ids).values_list("person_id", flat=True))


def sent_to(row: Invited) -> dict[str, list[Any]]:
    """What calendars know by now, by uid; see `meetings.letters`."""
    try:
        return dict(open_facts(key_of(PERSON, row.person_id), row.sealed, SENT) or {}) if row.sealed else {}
    except KeyDestroyed:
        return {}


def letters_due(person: Person, now: datetime) -> list[letters.Letter]:
    """Invitations, changes of them and cancellations that this person's calendar does not know yet."""
    row = Invited.objects.filter(person=person).first()
    if row is None:
        return []
    chosen = series_chosen_by(person).select_related("programme__organisation").order_by("pk")
    wanted = [entry for series in chosen for entry in letters.entries(person, series, now)]
    return letters.due(person, wanted, sent_to(row), now)
