"""What we do when others tell: somebody left the programme; two have ended."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.people.events import RoleEnded, Stopped
from companionway.people.models import Person
from companionway.sponsors import services
from companionway.support.events import Ended


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


@on(Ended)
def its_date_goes_too(event: Ended) -> None:
    services.over(actor=None, relationship_id=event.relationship_id, now=timezone.now())
