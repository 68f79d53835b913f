"""What we do when others tell: somebody left the programme, so they left its groups."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.groups import services
from companionway.people.events import RoleEnded
from companionway.people.models import Person


@on(RoleEnded)
def out_of_the_groups_too(event: RoleEnded) -> None:
    person = Person.objects.filter(pk=event.about_id or event.actor_id or 0, erased_at=None).first()
    if person is not None:
        services.leave_where_not_belonging(person=person, now=timezone.now())
