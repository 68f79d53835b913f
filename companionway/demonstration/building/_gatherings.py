"""Evenings that happen just now: opened by whoever holds them, with a first share and somebody on a quiet seat."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from companionway.foundation.policy import Refused
from companionway.gatherings import services as gatherings
from companionway.meetings import queries as meetings
from companionway.meetings.models import Holds, Meeting
from companionway.meetings.states import MeetingState, Way
from companionway.people.models import Organisation, Person, RoleHeld

CALLED: Final = "Bramble"
FIRST_WORDS: Final = "I am glad I came. It was a long day, and the bus was late, and the kettle is on."


def gather(organisation: Organisation, now: datetime) -> int:
    """Open every meeting in writing whose time it is; returns how many. Series and dates stand already."""
    due = Meeting.objects.filter(
        series__programme__organisation=organisation, way=Way.ROOM, state=MeetingState.PLANNED,
        starts_at__lte=now, ends_at__gt=now,
    ).select_related("series__programme")  # fmt: skip
    return sum(_open(meeting, now) for meeting in due)


def _open(meeting: Meeting, now: datetime) -> bool:
    held = Holds.objects.now(now).filter(series=meeting.series_id, holds_frame=True).first()
    if held is None or meetings.how_many_are_missing(meeting):
        return False
    holder = Person.objects.get(pk=held.person_id)
    gatherings.open_meeting(actor=holder, meeting=meeting, now=now)
    seat = gatherings.take_seat(
        actor=holder, meeting=meeting, name=CALLED, is_quiet=False, is_new=False, now=now
    )
    gatherings.share(
        actor=holder,
        meeting=meeting,
        ticket=seat.ticket,
        text=FIRST_WORDS,
        client_id="demonstration",
        now=now,
    )
    _somebody_quiet(meeting, holder, now)
    return True


def _somebody_quiet(meeting: Meeting, holder: Person, now: datetime) -> None:
    roles = RoleHeld.objects.filter(programme=meeting.series.programme_id, until_at=None)
    for each in roles.exclude(person=holder).order_by("pk").select_related("person")[:5]:
        try:
            gatherings.take_seat(
                actor=each.person, meeting=meeting, name="", is_quiet=True, is_new=True, now=now
            )
            return
        except Refused:
            continue
