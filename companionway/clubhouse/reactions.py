"""What we do when others tell: whoever belongs no more leaves no task and no day without anybody."""

from __future__ import annotations

from django.utils import timezone

from companionway.clubhouse import services
from companionway.foundation.events import on
from companionway.people.events import RoleEnded, Stopped
from companionway.people.models import Person


def _let_go(person_id: int | None, programme_id: int | None) -> None:
    person = Person.objects.filter(pk=person_id or 0).first()
    if person is not None:
        services.let_go(actor=None, person=person, programme_id=programme_id, now=timezone.now())


@on(RoleEnded)
def they_laid_it_down(event: RoleEnded) -> None:
    _let_go(event.about_id or event.actor_id, event.programme_id)


@on(Stopped)
def they_take_no_part(event: Stopped) -> None:
    _let_go(event.about_id, event.programme_id)
