"""What the service does by itself as time goes on: write ahead, ask for cover, cancel honestly, remind."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.meetings import policy, queries
from companionway.meetings.events import CoverWanted, ReminderDue
from companionway.meetings.models import Chosen, Cover, Meeting, Place, Series
from companionway.meetings.services._places import give_places
from companionway.meetings.services._single import cancelled, of_meeting
from companionway.meetings.services._writing import write_ahead
from companionway.meetings.states import ASKED_BEFORE, CANCELLED_BEFORE, MeetingState


def write_all_ahead(now: datetime) -> int:
    """Every series that goes on; each in a transaction of its own. Returns how many."""
    count = 0
    for pk in list(Series.objects.going_on(now).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            series = Series.objects.select_for_update(of=("self",)).get(pk=pk)
            write_ahead(series, now)
            count += 1
    for model in (Cover, Place):
        model._default_manager.filter(meeting__ends_at__lt=now - timedelta(days=1)).delete()
    return count


def pass_places_on(now: datetime) -> int:
    """Places that came free by other ways than being given back (more chairs, somebody left for good) go to whoever
    waits; and nobody keeps a place where they may not come any more. How many places were given."""
    wanted = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=now, places__is_held=False)
    given = 0
    for pk in sorted(set(wanted.values_list("pk", flat=True))):
        with transaction.atomic():
            row = (
                Meeting.objects.select_for_update(of=("self",)).select_related("series__programme").get(pk=pk)
            )
            gone = [
                each.pk
                for each in row.places.select_related("person")
                if not policy.may_come(each.person, row)
            ]
            row.places.filter(pk__in=gone, is_held=True).delete()
            given += give_places(row, now=now)
    return given


def look_after(now: datetime) -> int:
    """Meetings that near and are held by too few: ask at a week, two days, one day; three hours before, cancel.

    Safe to run twice and after any pause: of the steps that were missed, only the last is done. Returns how many acted.
    """
    near = Meeting.objects.filter(
        state=MeetingState.PLANNED, starts_at__gt=now, starts_at__lte=now + ASKED_BEFORE[0]
    )
    return sum(
        _look_after(pk, now) for pk in list(near.order_by("starts_at", "pk").values_list("pk", flat=True))
    )


@transaction.atomic
def _look_after(pk: int, now: datetime) -> bool:
    series = Series.objects.select_for_update(of=("self",)).filter(meetings=pk).first()
    rows = Meeting.objects.select_for_update(of=("self",)).filter(pk=pk, state=MeetingState.PLANNED)
    meeting = rows.first()
    if series is None or meeting is None:
        return False
    meeting.series = series
    missing = queries.how_many_are_missing(meeting)
    if not missing:
        # Nobody was ever put there, and now enough are: their open places need nobody any more.
        meeting.covers.filter(taken_by=None, instead_of=None).delete()
        return False
    _open_places(meeting, missing, now)
    left = meeting.starts_at - now
    if left <= CANCELLED_BEFORE:
        _say_it_is_off(series, meeting, now)
        return True
    time = sum(left <= before for before in ASKED_BEFORE)
    if time <= meeting.cover_asked:
        return False
    meeting.cover_asked = time
    meeting.save(update_fields=["cover_asked"])
    announce(CoverWanted(**of_meeting(None, meeting), time=time), at=now)
    return True


def _open_places(meeting: Meeting, missing: int, now: datetime) -> None:
    """One open place for each that is missing."""
    more = missing - meeting.covers.filter(taken_by=None).count()
    Cover.objects.bulk_create([Cover(meeting=meeting, asked_at=now) for _each in range(more)])


def _say_it_is_off(series: Series, meeting: Meeting, now: datetime) -> None:
    with translation.override(series.language):
        instead = _("Nobody could hold it this time. We are sorry. The page shows what else is on tonight.")
    cancelled(series, meeting, actor=None, instead=instead, wants_holder=True, now=now)


def remind(now: datetime) -> int:
    """Whoever chose something that is tomorrow, in their own day, hears that something is. Once for a day."""
    told = 0
    for person, day in queries.whose_day_nears(now):
        with transaction.atomic():
            fresh = Chosen.objects.filter(person=person).exclude(reminded_of=day)
            if not fresh.update(reminded_of=day):
                continue
            announce(
                ReminderDue(
                    actor_id=None, about_id=person.pk, subject=f"person:{person.pk}", day=day.isoformat()
                ),
                at=now,
            )
        told += 1
    return told
