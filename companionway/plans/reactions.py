"""What this room does when others tell."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.people.models import Person
from companionway.plans import services
from companionway.safety.events import Blocked


@on(Blocked)
def a_block_ends_it_for_good(event: Blocked) -> None:
    """The policy closes it at once; this keeps it closed when the block is lifted one day."""
    two = Person.objects.filter(pk__in=[event.actor_id, event.blocked_id])
    if len(two) == 2:
        services.stop_shares_between(actor=two[0], other=two[1], for_good=True, now=timezone.now())
