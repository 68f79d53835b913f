"""What this room does when others tell: a block holds under every name of the one who was blocked."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.moderation import services
from companionway.people.models import Person
from companionway.safety.events import Blocked, BlockLifted


@on(Blocked)
def blocked_under_every_name(event: Blocked) -> None:
    if two := _two(event):
        services.extend_blocks_of(actor=two[0], blocked=two[1], now=timezone.now())


@on(BlockLifted)
def lifted_under_every_name(event: BlockLifted) -> None:
    if two := _two(event):
        services.lift_with(actor=two[0], blocked=two[1], now=timezone.now())


def _two(event: Blocked | BlockLifted) -> tuple[Person, Person] | None:
    people = Person.objects.in_bulk([event.actor_id or 0, event.blocked_id])
    return (people[event.actor_id], people[event.blocked_id]) if event.actor_id and len(people) == 2 else None
