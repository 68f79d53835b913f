"""A private word: are you all right? Seen by those who hold the frame and by that one seat; by nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companionway.concerns import services as concerns
from companionway.foundation.policy import Refused, require
from companionway.gatherings import moving, pace, policy, telling
from companionway.gatherings.models import Asking, Seat
from companionway.gatherings.states import Answer
from companionway.meetings.models import Meeting
from companionway.people.models import Person


@transaction.atomic
def ask_all_right(*, actor: Person, meeting: Meeting, seat: Seat, now: datetime) -> Asking:
    """Ask one seat, also a quiet one. Asked again before the answer it is one question, and told once.

    Raises Refused: also when they were asked often just now, or (where seats know their persons) when the two must
    not meet.
    """
    locked = moving.lock(meeting)
    require(policy.may_hold(actor, locked, now))
    seat = Seat.objects.select_for_update().get(pk=seat.pk, meeting=locked)
    if seat.left_at is not None:
        raise Refused(_("They have left."))
    require(policy.may_ask(actor, seat))
    if (waiting := Asking.objects.filter(seat=seat, answered_at=None).first()) is not None:
        return waiting
    pace.asking(seat)
    asking = Asking.objects.create(seat=seat, asked_at=now)
    telling.to_seat(locked, seat, "asked")
    telling.to_frame(locked, "seats")
    return asking


@transaction.atomic
def answer_asking(*, actor: Person, meeting: Meeting, ticket: str, answer: str, now: datetime) -> None:
    """Answer for oneself. "Please call somebody" raises a concern about oneself with those on call, and only then.

    The concern names the person, who chose that, and nothing of this meeting.
    """
    locked = moving.lock(meeting)
    seat = moving.any_seat_of(actor, locked, ticket)
    asking = Asking.objects.select_for_update().filter(seat=seat, answered_at=None).first()
    if asking is None:
        return
    if answer not in Answer.values:
        raise Refused(_("Please choose one of the answers listed."))
    asking.answer, asking.answered_at = answer, now
    asking.save(update_fields=["answer", "answered_at"])
    if answer == Answer.CALL:
        concerns.raise_concern(actor=actor, organisation=actor.organisation, about=actor, now=now)
    telling.to_frame(locked, "answer")
