"""One meeting otherwise than its series says: cancelled, moved, extra, and back again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.events import announce
from companionway.foundation.policy import Refused
from companionway.meetings.details import LONGEST_MINUTES, SHORTEST_MINUTES, is_link
from companionway.meetings.events import MeetingAdded, MeetingCancelled, MeetingMoved, MeetingPutBack
from companionway.meetings.models import Change, Meeting, Series
from companionway.meetings.services._series import bump, facts, locked
from companionway.meetings.services._writing import write_ahead
from companionway.meetings.states import ChangeKind, MeetingState
from companionway.people.models import Person

# Nobody plans further, and a typing mistake in the year is seen.
FURTHEST = timedelta(days=730)


def of_meeting(actor: Person | None, meeting: Meeting) -> dict[str, Any]:
    return {
        **facts(actor, meeting.series),
        "meeting_id": meeting.pk,
        "original": meeting.original.isoformat(),
    }


def _not_begun(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting again, under the lock of its series, while it can still be changed."""
    row = Meeting.objects.select_related("series__programme").filter(pk=meeting.pk).first()
    if row is None or row.state in (MeetingState.OPEN, MeetingState.CLOSED) or row.ends_at <= now:
        raise Refused(_("This meeting has begun or is over. It stays as it is."))
    return row


def _changed(row: Series, original: datetime, now: datetime, **said: Any) -> Change:
    bump(row, now)
    values = {"wants_holder": False, **said, "sequence": row.sequence, "changed_at": now}
    change = Change.objects.update_or_create(series=row, original=original, defaults=values)[0]
    write_ahead(row, now)
    return change


@transaction.atomic
def cancel_meeting(*, actor: Person, meeting: Meeting, instead: str, now: datetime) -> Change:
    """Say that one meeting does not take place, and what to do instead. It stays in calendars as cancelled."""
    row = locked(actor, meeting.series, now)
    one = _not_begun(meeting, now)
    if one.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled already."))
    return cancelled(row, one, actor=actor, instead=instead, wants_holder=False, now=now)


def cancelled(
    row: Series, one: Meeting, *, actor: Person | None, instead: str, wants_holder: bool, now: datetime
) -> Change:
    """The shared part of a person's cancelling and the service's own."""
    before = row.changes.filter(original=one.original).first()
    # An extra meeting keeps its kind of being: without it the calendar would not know when it was.
    moved_to = one.starts_at if before is not None and before.kind != ChangeKind.CANCELLED else None
    change = _changed(
        row, one.original, now, kind=ChangeKind.CANCELLED, starts_at=moved_to, instead=instead.strip()[:300],
        is_extra=bool(before and before.is_extra), wants_holder=wants_holder,
    )  # fmt: skip
    announce(MeetingCancelled(**of_meeting(actor, one), wants_holder=wants_holder), at=now)
    return change


@transaction.atomic
def move_meeting(
    *,
    actor: Person,
    meeting: Meeting,
    starts_at: datetime,
    minutes: int | None = None,
    place_name: str = "",
    place_address: str = "",
    link: str = "",
    now: datetime,
) -> Change:
    """Put one meeting to another time or place. Where nothing is said of the place, it is the usual one."""
    row = locked(actor, meeting.series, now)
    one = _not_begun(meeting, now)
    _fits(starts_at, minutes, link, now)
    _not_twice(row, starts_at, but=one)
    before = row.changes.filter(original=one.original).first()
    is_extra = bool(before and before.is_extra)
    change = _changed(
        row, one.original, now, kind=ChangeKind.EXTRA if is_extra else ChangeKind.MOVED, starts_at=starts_at,
        minutes=minutes, place_name=place_name, place_address=place_address, link=link, is_extra=is_extra, instead="",
    )  # fmt: skip
    announce(MeetingMoved(**of_meeting(actor, one)), at=now)
    return change


@transaction.atomic
def add_extra(
    *, actor: Person, series: Series, starts_at: datetime, minutes: int | None = None, now: datetime
) -> Meeting:
    """One meeting more than the series says."""
    row = locked(actor, series, now)
    _fits(starts_at, minutes, "", now)
    _not_twice(row, starts_at)
    if row.changes.filter(original=starts_at).exists():
        raise Refused(_("There was a meeting at that time, which was changed. Please put it back instead."))
    _changed(row, starts_at, now, kind=ChangeKind.EXTRA, starts_at=starts_at, minutes=minutes, is_extra=True)
    one = row.meetings.select_related("series__programme").get(original=starts_at)
    announce(MeetingAdded(**of_meeting(actor, one)), at=now)
    return one


@transaction.atomic
def put_back(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Take back a change: the meeting is as its series says. An extra one that was cancelled is on again."""
    row = locked(actor, meeting.series, now)
    one = _not_begun(meeting, now)
    change = row.changes.filter(original=one.original).first()
    if change is None or (change.is_extra and change.kind == ChangeKind.EXTRA):
        raise Refused(_("Nothing was changed about this meeting."))
    if not change.is_extra and one.original <= now:
        raise Refused(_("The time it had at first is over. You can move it instead."))
    restored(row, one, change, actor=actor, now=now)


def restored(row: Series, one: Meeting, change: Change, *, actor: Person | None, now: datetime) -> None:
    """The shared part of a person's putting back and of somebody having been found after all."""
    if change.starts_at is not None and (change.is_extra or change.kind == ChangeKind.CANCELLED):
        kind = ChangeKind.EXTRA if change.is_extra else ChangeKind.MOVED
        _changed(row, one.original, now, kind=kind, instead="")
    else:
        change.delete()
        bump(row, now)
        write_ahead(row, now)
    announce(MeetingPutBack(**of_meeting(actor, one)), at=now)


def _fits(starts_at: datetime, minutes: int | None, link: str, now: datetime) -> None:
    if not now < starts_at < now + FURTHEST:
        raise Refused(_("Please choose a time from now on, within the next two years."))
    if minutes is not None and not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise Refused(_("A meeting lasts between five minutes and twelve hours."))
    if link and not is_link(link):
        raise Refused(_("Please check the link. It should begin with https://"))


def _not_twice(row: Series, starts_at: datetime, but: Meeting | None = None) -> None:
    others = row.meetings.filter(starts_at=starts_at).exclude(state=MeetingState.CANCELLED)
    if others.exclude(pk=but.pk if but else 0).exists():
        raise Refused(_("There is a meeting at that time already."))
