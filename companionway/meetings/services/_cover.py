"""Somebody else holds one meeting: asked for by whoever cannot, and taken by whoever can."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused, require
from companionway.meetings import policy
from companionway.meetings.events import CoverTaken, CoverWanted
from companionway.meetings.models import Cover, Holds, Meeting, Series
from companionway.meetings.services._single import of_meeting, restored
from companionway.meetings.states import ChangeKind, MeetingState
from companionway.people.models import Person


@transaction.atomic
def ask_for_cover(*, actor: Person, meeting: Meeting, now: datetime) -> Cover:
    """Say that one cannot hold this meeting; others are asked. No reason is asked for. Twice changes nothing."""
    row = _locked(meeting)
    mine = Holds.objects.now(now).filter(series=row.series, person=actor, holds_frame=True).first()
    if mine is None:
        raise Refused(_("Only whoever holds this meeting can ask for somebody else."))
    if row.state != MeetingState.PLANNED or row.starts_at <= now:
        raise Refused(_("This meeting has begun, is over or is cancelled."))
    cover, is_new = Cover.objects.get_or_create(meeting=row, instead_of=mine, defaults={"asked_at": now})
    if is_new:
        announce(CoverWanted(**of_meeting(None, row), time=0), at=now)
    return cover


@transaction.atomic
def can_after_all(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Take back that one cannot: unless somebody has said yes meanwhile, whose place it is then."""
    row = _locked(meeting)
    Cover.objects.filter(meeting=row, instead_of__person=actor, taken_by=None).delete()


@transaction.atomic
def take_cover(*, actor: Person, cover: Cover, now: datetime) -> Cover:
    """Hold one meeting in somebody's place. A meeting that was cancelled because nobody could is on again."""
    # The series first, as everywhere: a cancelled meeting may come back.
    series = Series.objects.select_for_update(of=("self",)).get(meetings__covers=cover.pk)
    row = _locked(cover.meeting)
    mine = Cover.objects.select_for_update(of=("self",)).get(pk=cover.pk)
    if mine.taken_by_id == actor.pk:
        return mine
    require(policy.may_cover(actor, row, mine, now))
    mine.taken_by, mine.taken_at = actor, now
    mine.save(update_fields=["taken_by", "taken_at"])
    if row.state == MeetingState.CANCELLED and not row.covers.filter(taken_by=None).exists():
        change = series.changes.get(original=row.original, kind=ChangeKind.CANCELLED, wants_holder=True)
        restored(series, row, change, actor=None, now=now)
    announce(CoverTaken(**of_meeting(None, row)), at=now)
    return mine


@transaction.atomic
def give_cover_back(*, actor: Person, cover: Cover, now: datetime) -> None:
    """Cannot after all: the place is open again, and others are asked."""
    row = _locked(cover.meeting)
    mine = Cover.objects.select_for_update(of=("self",)).filter(pk=cover.pk, taken_by=actor).first()
    if mine is None or row.starts_at <= now:
        raise Refused(_("This is not yours to give back now."))
    mine.taken_by = mine.taken_at = None
    mine.save(update_fields=["taken_by", "taken_at"])
    announce(CoverWanted(**of_meeting(None, row), time=0), at=now)


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("series__programme")
    return rows.get(pk=meeting.pk)
