"""What this room does when somebody can no longer be on call."""

from __future__ import annotations

from django.utils import timezone

from companionway.concerns import services
from companionway.foundation.events import on
from companionway.people.events import Paused, RoleEnded
from companionway.people.models import Person


def _let_go(person_id: int | None) -> None:
    if person_id and (person := Person.objects.filter(pk=person_id).first()):
        services.let_go_of_all(actor=None, person=person, now=timezone.now())


@on(RoleEnded)
def who_has_the_role_no_more_has_no_concern(event: RoleEnded) -> None:
    _let_go(event.about_id)


@on(Paused)
def who_takes_a_break_has_no_concern(event: Paused) -> None:
    _let_go(event.actor_id)
