"""What we do when others tell: somebody left the service, somebody blocked the other."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.people.events import AgeBandChanged, Erased
from companionway.people.models import Person
from companionway.safety.events import Blocked
from companionway.support import services


@on(Erased)
def part_from_whoever_left(event: Erased) -> None:
    if person := Person.objects.filter(pk=event.about_id or event.actor_id or 0).first():
        services.part_after_leaving(actor=person, now=timezone.now())


@on(AgeBandChanged)
def look_who_is_together(event: AgeBandChanged) -> None:
    if person := Person.objects.filter(pk=event.about_id or 0).first():
        services.look_at_ages(actor=None, person=person, now=timezone.now())


@on(Blocked)
def step_apart_after_a_block(event: Blocked) -> None:
    people = Person.objects.in_bulk([event.actor_id, event.blocked_id])
    if len(people) == 2 and event.actor_id is not None:
        services.step_apart(actor=people[event.actor_id], other=people[event.blocked_id], now=timezone.now())
