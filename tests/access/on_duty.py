"""One thing of every kind that the rota knows: a turn, an offer of it, a weekly slot, a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from companionway.oncall import services as oncall
from companionway.oncall.models import Offer, Telephone, Turn, WeeklySlot
from companionway.people.models import Person

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class OnDuty:
    turn: Turn
    offer: Offer
    slot: WeeklySlot
    phone: Telephone


def on_duty(person: Person, keeper: Person, number: str) -> OnDuty:
    """`person` has a turn far ahead, and asks `keeper` to take it."""
    person, keeper = (Person.objects.get(pk=each.pk) for each in (person, keeper))
    # Far enough ahead to be a turn to come whenever the tests run.
    begins = NOW + timedelta(days=4000)
    turn = oncall.take_turn(
        actor=person, person=person, step=3, starts_at=begins, ends_at=begins + timedelta(hours=8), now=NOW
    )
    slots = [oncall.SlotGiven(keeper, 2, 6, time(3), time(4))]
    if not WeeklySlot.objects.live().filter(organisation=keeper.organisation_id).exists():
        oncall.set_weekly_pattern(actor=keeper, slots=slots, now=NOW)
    return OnDuty(
        turn=turn,
        offer=oncall.hand_over(actor=person, turn=turn, to=keeper, now=NOW),
        slot=WeeklySlot.objects.live().filter(organisation=keeper.organisation_id).earliest("pk"),
        phone=oncall.keep_phone_entry(actor=keeper, name="The night desk", number=number, now=NOW),
    )
