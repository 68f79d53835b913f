"""Who is on call at a moment, in the order in which a concern climbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from companionway.oncall.models import Turn, TurnQuerySet
from companionway.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: 1 first, 2 backup, 3 lead. `until`: the end of this person's turn."""

    step: int
    person_id: int
    name: str
    until: datetime


def _now(organisation: Organisation | int | None, now: datetime) -> TurnQuerySet:
    """Turns that count at this moment: a role that ended or a break takes effect at once, also mid-turn."""
    pk = organisation.pk if isinstance(organisation, Organisation) else organisation
    return Turn.objects.filter(organisation=pk).covering(now).by_those_who_may(now)


def ladder(organisation: Organisation, now: datetime) -> list[Rung]:
    """Whoever's turn covers `now`, in climbing order; empty when nobody's does, and steps may be missing."""
    if organisation.pk is None:
        return []
    turns = _now(organisation, now).select_related("person").order_by("step", "starts_at", "pk")
    return [Rung(turn.step, turn.person_id, turn.person.name, turn.until) for turn in turns]


def is_on_call(person: Person, now: datetime) -> bool:
    return _now(person.organisation_id, now).filter(person=person).exists()


def on_call_ids(organisation: Organisation, now: datetime) -> set[int]:
    if organisation.pk is None:
        return set()
    return set(_now(organisation, now).values_list("person_id", flat=True))


def next_turn_at(organisation: Organisation, now: datetime) -> datetime | None:
    """When somebody's turn next begins, of those who can stand as things are now; None when nobody has one."""
    if organisation.pk is None:
        return None
    coming = Turn.objects.standing().filter(organisation=organisation, starts_at__gt=now)
    return coming.by_those_who_may(now).order_by("starts_at").values_list("starts_at", flat=True).first()
