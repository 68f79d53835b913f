"""The script goes on: parts, turns, pauses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, policy, telling
from companionway.gatherings.models import Gathering
from companionway.meetings.models import Meeting
from companionway.people.models import Person


@transaction.atomic
def next_part(*, actor: Person, meeting: Meeting, after: int, now: datetime) -> Gathering:
    """Go to the next part. `after` is the part they saw: pressed by two at once it goes on by one. Raises Refused."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    gathering, script = moving.room_of(locked)
    if gathering.part != after:
        return gathering
    if gathering.part >= script.last:
        raise Refused(_("This is the last part. Close the meeting when you are ready."))
    gathering.part += 1
    gathering.part_began_at = now
    gathering.turn = gathering.turn_began_at = None
    gathering.save(update_fields=["part", "part_began_at", "turn", "turn_began_at"])
    if script.goes_round(gathering.part):
        moving.give_turn(gathering, now)
    moving.release(gathering, script, now)
    telling.to_all(locked, "part")
    return gathering


@transaction.atomic
def next_turn(*, actor: Person, meeting: Meeting, now: datetime) -> Gathering:
    """Give the turn to the next in the round, in the order in which they came. Who passed is not asked again."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    gathering, script = moving.room_of(locked)
    if not script.goes_round(gathering.part):
        raise Refused(_("There are no turns in this part."))
    moving.give_turn(gathering, now)
    moving.release(gathering, script, now)
    telling.to_all(locked, "turn")
    return gathering


@transaction.atomic
def pass_turn(*, actor: Person, meeting: Meeting, ticket: str, now: datetime) -> None:
    """Pass, at one's turn or before it. Always possible, and nobody asks why."""
    locked = moving.lock(meeting)
    gathering, script = moving.room_of(locked)
    seat = moving.seat_of(actor, locked, ticket)
    seat.had_turn_in = gathering.part
    seat.save(update_fields=["had_turn_in"])
    if gathering.turn_id == seat.pk:
        moving.give_turn(gathering, now)
        moving.release(gathering, script, now)
        telling.to_all(locked, "turn")


@transaction.atomic
def pause(*, actor: Person, meeting: Meeting, reason: str, now: datetime) -> None:
    """Stop for a while, with a reason that everybody reads. What is written meanwhile waits."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    gathering, _script = moving.room_of(locked)
    if not reason.strip():
        raise Refused(_("Please say why in a few words. Everybody reads it."))
    gathering.paused_at = now
    gathering.sealed_pause = moving.key_of(locked).seal(reason, "pause")
    gathering.save(update_fields=["paused_at", "sealed_pause"])
    telling.to_all(locked, "pause")


@transaction.atomic
def go_on(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Go on after a pause; the time of the pause is given back to the part and to the turn."""
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    gathering, script = moving.room_of(locked)
    if gathering.paused_at is None:
        return
    lasted = now - gathering.paused_at
    gathering.part_began_at += lasted
    if gathering.turn_began_at is not None:
        gathering.turn_began_at += lasted
    gathering.paused_at = gathering.sealed_pause = None
    gathering.save(update_fields=["part_began_at", "turn_began_at", "paused_at", "sealed_pause"])
    moving.release(gathering, script, now)
    telling.to_all(locked, "go_on")
