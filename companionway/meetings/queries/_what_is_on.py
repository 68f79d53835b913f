"""What is on: meetings by day, one meeting as its reader may see it, and what else there is tonight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from companionway.meetings import policy, saying
from companionway.meetings.models import Change, Meeting, Series
from companionway.meetings.models._meetings import MeetingQuerySet
from companionway.meetings.models._series import SeriesQuerySet
from companionway.meetings.states import MeetingState
from companionway.people.group_rules import GroupRules
from companionway.people.models import Organisation, Person, Programme
from companionway.reasoning import recurrence

SHOWN_AHEAD = timedelta(days=14)
TONIGHT = timedelta(hours=14)
MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """One meeting with its place or link as they are this time; empty where the reader does not learn them."""

    meeting: Meeting
    series: Series
    change: Change | None
    place_name: str
    place_address: str
    link: str
    how_often: str

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == MeetingState.CANCELLED


def what_is_on(actor: Person, now: datetime, *, programme: str = "", way: str = "") -> list[Shown]:
    """Meetings of the next two weeks that one may find, in order, cancelled ones among them."""
    found = policy.meetings_visible_to(actor).ahead(now).filter(starts_at__lt=now + SHOWN_AHEAD)
    if programme:
        found = found.filter(series__programme__public_id=programme)
    if way:
        found = found.filter(way=way)
    return _all_shown(actor, found, now)


def _all_shown(actor: Person | None, found: MeetingQuerySet, now: datetime) -> list[Shown]:
    rows = list(found.select_related("series__programme").order_by("starts_at", "pk"))
    changes = _changes_of(rows)
    hides = _hidden_from(actor, {row.series for row in rows})
    return [
        shown(row, changes.get((row.series_id, row.original)), row.series_id in hides, now) for row in rows
    ]


def _changes_of(rows: Iterable[Meeting]) -> dict[tuple[int, datetime], Change]:
    series = {row.series_id for row in rows}
    return {(each.series_id, each.original): each for each in Change.objects.filter(series__in=series)}


def _hidden_from(actor: Person | None, series: set[Series]) -> set[int]:
    """Series whose place this reader does not learn. One question for a page, however many there are."""
    rules = {each.programme_id: GroupRules.of(each.programme) for each in series}
    hiding = [each for each in series if (found := rules[each.programme_id]) and found.hides_place]
    if not hiding or actor is None:
        return {each.pk for each in hiding}
    mine = set(
        policy.enterable_by(actor).filter(pk__in=[each.pk for each in hiding]).values_list("pk", flat=True)
    )
    arranged = set(actor.programmes_with("meetings.arrange"))
    return {each.pk for each in hiding if each.pk not in mine and each.programme_id not in arranged}


def shown(meeting: Meeting, change: Change | None, hides_place: bool, now: datetime) -> Shown:
    series, today = meeting.series, timezone.localdate(now)
    name, address, link = where(series, change)
    return Shown(
        meeting, series, change, "" if hides_place else name, "" if hides_place else address, link,
        saying.when(series, today),
    )  # fmt: skip


def where(series: Series, change: Change | None) -> tuple[str, str, str]:
    """Place, address and link of one meeting. A changed place brings its own address, not the usual one."""
    if change is None or not (change.place_name or change.place_address or change.link):
        return series.place_name, series.place_address, series.link
    return (
        change.place_name or series.place_name,
        change.place_address or ("" if change.place_name else series.place_address),
        change.link or series.link,
    )


def the_change(meeting: Meeting) -> Change | None:
    return Change.objects.filter(series=meeting.series_id, original=meeting.original).first()


def days_of(all_shown: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    """By day, in the reader's own time zone (the active one)."""
    by_day = groupby(all_shown, key=lambda each: timezone.localdate(each.meeting.starts_at))
    return [(day, list(them)) for day, them in by_day]


def alternatives(actor: Person, meeting: Meeting, now: datetime) -> list[Shown]:
    """What else is on until the end of the night that this reader may come to."""
    since = max(now, meeting.starts_at - timedelta(hours=4))
    found = Meeting.objects.filter(
        series__in=policy.enterable_by(actor).values("pk"),
        state__in=(MeetingState.PLANNED, MeetingState.OPEN),
        starts_at__gte=since,
        starts_at__lt=meeting.starts_at + TONIGHT,
    ).exclude(pk=meeting.pk)
    return _all_shown(actor, found, now)[:MOST_ALTERNATIVES]


def public_series(here: Organisation, now: datetime) -> SeriesQuerySet:
    """What an organisation shows to everybody."""
    if here.pk is None:
        return Series.objects.none()
    found = Series.objects.filter(programme__organisation=here, is_public=True, is_closed=False)
    return found.going_on(now).select_related("programme").order_by("name", "pk")


def public_meetings(here: Organisation, now: datetime) -> list[Shown]:
    found = Meeting.objects.ahead(now).filter(
        series__in=public_series(here, now).values("pk"), starts_at__lt=now + SHOWN_AHEAD
    )
    return _all_shown(None, found, now)


def has_meeting(series: SeriesQuerySet, now: datetime) -> SeriesQuerySet:
    ahead = Meeting.objects.ahead(now).filter(series=OuterRef("pk"))
    return series.filter(Exists(ahead))


def changed_meetings(series: Iterable[Series]) -> dict[int, list[Change]]:
    """Every change of these series, for calendars."""
    found: dict[int, list[Change]] = {}
    rows: Any = Change.objects.filter(series__in=[each.pk for each in series]).order_by("original")
    for each in rows:
        found.setdefault(each.series_id, []).append(each)
    return found


def only_time(series: Series, changes: Iterable[Change]) -> datetime:
    """When the one meeting of a series that does not come again begins."""
    at = next((each.starts_at for each in changes if each.starts_at is not None), None)
    return at or recurrence.instant(series.starts_on, series.begins, series.tz)


def coming(actor: Person, series: Series, now: datetime) -> list[Shown]:
    """The next meetings of one series."""
    return _all_shown(actor, Meeting.objects.ahead(now).filter(series=series), now)[:8]


def programmes_to_begin_in(actor: Person) -> QuerySet[Programme]:
    """Where this person may begin meetings, by name."""
    return Programme.objects.filter(pk__in=actor.programmes_with("meetings.arrange")).order_by("name", "pk")


def once_public(here: Organisation) -> SeriesQuerySet:
    """Public series of an organisation, also those that have ended."""
    if here.pk is None:
        return Series.objects.none()
    found = Series.objects.filter(programme__organisation=here, is_public=True, is_closed=False)
    return found.select_related("programme")


def changed_at_in(here: Organisation) -> datetime | None:
    """When anything about any series of an organisation changed last."""
    newest: datetime | None = Series.objects.filter(programme__organisation=here).aggregate(
        newest=Max("changed_at")
    )["newest"]
    return newest


def places_arranged_by(actor: Person) -> list[str]:
    """Names of places at which series that this person may arrange meet."""
    rows = Series.objects.filter(programme__in=actor.programmes_with("meetings.arrange")).exclude(
        place_name=""
    )
    return sorted(set(rows.values_list("place_name", flat=True)))


def meetings_at(actor: Person, place: str, since: datetime, until: datetime) -> list[Meeting]:
    """Meetings in one place, of series that this person may arrange; those moved elsewhere are left out."""
    mine = Series.objects.filter(programme__in=actor.programmes_with("meetings.arrange"))
    rows = Meeting.objects.filter(
        series__in=mine, state=MeetingState.PLANNED, starts_at__gte=since, starts_at__lt=until
    )
    found = list(rows.select_related("series").order_by("starts_at", "pk"))
    changes = _changes_of(found)
    return [
        each for each in found if where(each.series, changes.get((each.series_id, each.original)))[0] == place
    ]
