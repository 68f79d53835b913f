"""What we do when others tell: somebody left the programme, so they left its groups."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.groups import services
from companionway.people.events import AgeBandChanged, RoleEnded, Stopped
from companionway.people.models import Person


@on(Stopped)
def taking_no_part_any_more(event: Stopped) -> None:
    _leave(event.about_id)


@on(AgeBandChanged)
def of_another_age_now(event: AgeBandChanged) -> None:
    _leave(event.about_id)


@on(RoleEnded)
def out_of_the_groups_too(event: RoleEnded) -> None:
    _leave(event.about_id or event.actor_id)


def _leave(person_id: int | None) -> None:
    person = Person.objects.filter(pk=person_id or 0, erased_at=None).first()
    if person is not None:
        services.leave_where_not_belonging(person=person, now=timezone.now())
