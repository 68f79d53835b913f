"""One's own days in the house."""

from __future__ import annotations

from datetime import date

from companionway.clubhouse.models import Here
from companionway.people.models import Person, Programme, RoleHeld


def is_here(actor: Person, programme: Programme, day: date) -> bool:
    """Whether they said so on this day."""
    return Here.objects.filter(programme=programme, person=actor, day=day).exists()


def days_here(actor: Person, programme: Programme, most: int = 60) -> list[date]:
    """The days on which one said that one was here, newest first: for oneself and nobody else."""
    rows = Here.objects.filter(programme=programme, person=actor).order_by("-day")[:most]
    return list(rows.values_list("day", flat=True))


def left_behind(person: Person, programme_id: int | None) -> list[Programme]:
    """Programmes to which this person belonged once and belongs no more: this one, or (None) every one."""
    held = RoleHeld.objects.filter(person=person, programme__isnull=False)
    once = held.filter(programme=programme_id) if programme_id else held
    rows = Programme.objects.filter(pk__in=once.values("programme")).select_related("organisation")
    return list(rows.exclude(pk__in=held.filter(until_at=None).values("programme")))
