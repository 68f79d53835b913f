"""What several deeds in a room need: the locks, who is named in the record, and saying what waited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.policy import Refused, require
from companionway.foundation.prepared import Prepared, slot
from companionway.gatherings import hearing, policy, queries
from companionway.gatherings import script as scripts
from companionway.gatherings.models import Asking, Gathering, Seat, Share
from companionway.gatherings.script import Script
from companionway.gatherings.states import MOVES, ShareState
from companionway.meetings.models import Meeting
from companionway.meetings.states import MOVES as MEETING_MOVES
from companionway.meetings.states import MeetingState
from companionway.people.models import Person


class Whom(TypedDict):
    actor_id: int | None
    subject: str
    meeting_id: int
    series_id: int
    programme_id: int


_MEETING = Prepared(
    lambda: (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("series__programme")
        .filter(pk=slot("meeting"))
    )
)
_RUNNING = Prepared(
    lambda: Gathering.objects.select_for_update().filter(meeting=slot("meeting"), forgotten_at=None)
)


def lock(meeting: Meeting) -> Meeting:
    found = _MEETING.first(meeting=meeting.pk)
    if found is None:
        raise Meeting.DoesNotExist
    return found


def room_of(meeting: Meeting) -> tuple[Gathering, Script]:
    """The running script, locked. Raises Refused when nothing runs."""
    gathering = _RUNNING.first(meeting=meeting.pk)
    script = scripts.of(meeting.series)
    if gathering is None or script is None:
        raise Refused(_("This meeting is not open."))
    gathering.meeting = meeting
    return gathering, script


def seat_of(actor: Person, meeting: Meeting, ticket: str) -> Seat:
    """The actor's own seat, locked. Raises Refused without one, and for whoever takes no part at the moment."""
    require(policy.may_come(actor, meeting))
    return any_seat_of(actor, meeting, ticket)


def any_seat_of(actor: Person, meeting: Meeting, ticket: str) -> Seat:
    """The same for what is always possible: to leave, and to ask for help."""
    seat = queries.seat_of(actor, meeting, ticket, is_locked=True)
    if seat is None:
        raise Refused(_("You have no seat in this meeting. You can take one at its door."))
    return seat


def key_of(meeting: Meeting) -> sealing.SealingKey:
    return sealing.key_of(sealing.GATHERING, meeting.pk)


def whom(meeting: Meeting, actor: Person | None) -> Whom:
    """For an event: the actor only where the tradition keeps who came. Whoever did it was there."""
    programme = meeting.series.programme
    named = actor is not None and programme.keeps_attendance
    return {
        "actor_id": actor.pk if actor is not None and named else None,
        "subject": f"gathering:{meeting.pk}",
        "meeting_id": meeting.pk,
        "series_id": meeting.series_id,
        "programme_id": programme.pk,
    }


def move(meeting: Meeting, to: MeetingState) -> None:
    if to not in MEETING_MOVES[meeting.state]:
        raise Refused(_("This meeting is open already, or it is over."))
    meeting.state = to


def say(gathering: Gathering, shares: Iterable[Share], now: datetime) -> int:
    """These are said now, in this order, some just written; the gathering is locked."""
    fresh = []
    for share in shares:
        if ShareState.SAID not in MOVES[share.state]:
            continue
        gathering.last_number += 1
        share.number, share.said_at, share.state = gathering.last_number, now, ShareState.SAID
        share.save(update_fields=["number", "said_at", "state"] if share.pk else None)
        fresh.append(share)
    if fresh:
        gathering.save(update_fields=["last_number"])
        hearing.said(gathering.meeting, fresh)
    return len(fresh)


def changed(gathering: Gathering) -> None:
    """Something became of words that were said; the gathering is locked."""
    gathering.changes += 1
    gathering.save(update_fields=["changes"])


def waiting_of(meeting: Meeting, seat_id: int | None = None) -> Iterable[Share]:
    rows = Share.objects.filter(meeting=meeting, state=ShareState.WAITING).order_by("pk")
    return list(rows.filter(seat=seat_id) if seat_id is not None else rows)


def release(gathering: Gathering, script: Script, now: datetime) -> None:
    """After a turn, a part or a pause: what waited for it is said."""
    if gathering.is_paused or script.part(gathering.part).kind == "silence":
        return
    meeting = gathering.meeting
    if not script.goes_round(gathering.part):
        say(gathering, waiting_of(meeting), now)
    elif gathering.turn_id is not None:
        say(gathering, waiting_of(meeting, gathering.turn_id), now)


def give_turn(gathering: Gathering, now: datetime) -> Seat | None:
    """To the first in the round who has not had it in this part; None: everybody had."""
    seats = Seat.objects.in_the_round().filter(meeting=gathering.meeting_id)
    found = next((seat for seat in seats if seat.had_turn_in != gathering.part), None)
    if found is not None:
        found.had_turn_in = gathering.part
        found.save(update_fields=["had_turn_in"])
    gathering.turn, gathering.turn_began_at = found, now if found else None
    gathering.save(update_fields=["turn", "turn_began_at"])
    return found


def forget(gathering: Gathering, now: datetime) -> int:
    """What was written goes, and the key with it. Seats stay only where it is kept who came."""
    meeting = gathering.meeting
    gone = Share.objects.filter(meeting=meeting).delete()[0]
    Asking.objects.filter(seat__meeting=meeting).delete()
    gathering.turn = None
    gathering.sealed_pause, gathering.forgotten_at = None, now
    gathering.save(update_fields=["turn", "sealed_pause", "forgotten_at"])
    Seat.objects.filter(meeting=meeting, person=None).delete()
    Seat.objects.filter(meeting=meeting).update(sealed=None, sealed_mute=None)
    sealing.destroy_key(sealing.GATHERING, meeting.pk, now=now)
    return gone
