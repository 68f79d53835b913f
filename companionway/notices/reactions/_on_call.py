"""Turns on call: no turn is left to nobody silently, and nobody finds out by chance that a turn is theirs."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import Event, on
from companionway.notices.states import Kind
from companionway.notices.writing import note_down
from companionway.oncall import queries as oncall
from companionway.oncall.events import OfferDeclined, TurnHandedOver, TurnLeft, TurnOffered, TurnTaken


@on(TurnLeft)
def a_turn_is_left_to_nobody(event: TurnLeft) -> None:
    """Whoever blocked whom: here it is the team's work, so nobody is left out but the one who left."""
    now = timezone.now()
    people = oncall.told_of_gaps(event.organisation_id, event.person_id, now) - {event.actor_id}
    note_down(people, kind=Kind.TURN_LEFT, subject=event.subject, once_per="once", now=now)


def _tell(event: Event) -> None:
    if event.about_id is not None and event.about_id != event.actor_id:
        now = timezone.now()
        note_down([event.about_id], kind=Kind.TURN, subject=event.subject, once_per=event.name, now=now)


@on(TurnTaken)
def somebody_put_you_on_the_rota(event: TurnTaken) -> None:
    _tell(event)


@on(TurnOffered)
def somebody_asks_you_to_take_a_turn(event: TurnOffered) -> None:
    _tell(event)


@on(TurnHandedOver)
def somebody_took_your_turn(event: TurnHandedOver) -> None:
    _tell(event)


@on(OfferDeclined)
def somebody_cannot_take_your_turn(event: OfferDeclined) -> None:
    _tell(event)
