"""Seats are taken and left. Only those who hold the frame hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation import sealing
from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, policy, queries, telling, tickets
from companionway.gatherings.models import Seat
from companionway.meetings.models import Meeting
from companionway.people.models import Person


@dataclass(frozen=True, slots=True)
class Taken:
    """`ticket` goes to the browser and nowhere else."""

    seat: Seat
    ticket: str


@transaction.atomic
def take_seat(
    *,
    actor: Person,
    meeting: Meeting,
    name: str,
    is_quiet: bool,
    is_new: bool,
    ticket: str = "",
    now: datetime,
) -> Taken:
    """Come in, by a name one chooses or none. Who holds a ticket already keeps their seat. Raises Refused.

    The person is written on the seat only where the tradition keeps who came.
    """
    locked = moving.lock(meeting)
    _gathering, script = moving.room_of(locked)
    if (mine := queries.seat_of(actor, locked, ticket)) is not None:
        return Taken(mine, ticket)
    require(policy.may_enter(actor, locked, now))
    if is_quiet and not script.rules.quiet_seat:
        raise Refused(_("There are no quiet seats in this meeting. You may always pass."))
    keeps = locked.series.programme.keeps_attendance
    if keeps:
        for before in Seat.objects.taken().filter(meeting=locked, person=actor):
            Seat.objects.filter(pk=before.pk).update(left_at=now)
            telling.seat_is_left(locked, before)
    fresh = tickets.make(locked.pk, actor.pk)
    seat = Seat(
        meeting=locked,
        token_hash=tickets.token_hash(fresh, locked.pk, actor.pk) or "",
        is_quiet=is_quiet,
        taken_at=now,
        person=actor if keeps else None,
    )
    seat.sealed = sealing.seal_facts(moving.key_of(locked), {"name": name, "is_new": is_new}, seat.context)
    seat.save()
    telling.to_frame(locked, "seats")
    return Taken(seat, fresh)


@transaction.atomic
def leave_seat(*, actor: Person, meeting: Meeting, ticket: str, now: datetime) -> None:
    """Go. Nobody is told but those who hold the frame; what one said stays, what still waited goes."""
    locked = moving.lock(meeting)
    gathering, script = moving.room_of(locked)
    seat = moving.any_seat_of(actor, locked, ticket)
    seat.left_at = now
    seat.save(update_fields=["left_at"])
    seat.shares.exclude(state="said").delete()
    if gathering.turn_id == seat.pk:
        moving.give_turn(gathering, now)
        moving.release(gathering, script, now)
        telling.to_all(locked, "turn")
    telling.to_frame(locked, "seats")
    telling.seat_is_left(locked, seat)


@transaction.atomic
def speak_up(*, actor: Person, meeting: Meeting, ticket: str, now: datetime) -> None:
    """From a quiet seat to an ordinary one: from now on one has a turn, and may write."""
    locked = moving.lock(meeting)
    moving.room_of(locked)
    seat = moving.seat_of(actor, locked, ticket)
    seat.is_quiet = False
    seat.save(update_fields=["is_quiet"])
    telling.to_frame(locked, "seats")


@transaction.atomic
def mute_seat(*, actor: Person, meeting: Meeting, seat: Seat, reason: str, now: datetime) -> None:
    """Ask a seat not to write for now. It reads the reason; so does whoever else holds the frame. Raises Refused."""
    locked = moving.lock(meeting)
    moving.room_of(locked)
    require(policy.may_hold(actor, locked, now))
    if not reason.strip():
        raise Refused(_("Please say why, in a kind sentence. The person reads it."))
    seat = Seat.objects.select_for_update().get(pk=seat.pk, meeting=locked)
    seat.is_muted = True
    seat.sealed_mute = moving.key_of(locked).seal(reason, f"{seat.context}:mute")
    seat.save(update_fields=["is_muted", "sealed_mute"])
    telling.to_seat(locked, seat, "muted")
    telling.to_frame(locked, "seats")


@transaction.atomic
def unmute_seat(*, actor: Person, meeting: Meeting, seat: Seat, now: datetime) -> None:
    """They may write again."""
    locked = moving.lock(meeting)
    moving.room_of(locked)
    require(policy.may_hold(actor, locked, now))
    seat = Seat.objects.select_for_update().get(pk=seat.pk, meeting=locked)
    seat.is_muted, seat.sealed_mute = False, None
    seat.save(update_fields=["is_muted", "sealed_mute"])
    telling.to_seat(locked, seat, "muted")
    telling.to_frame(locked, "seats")
