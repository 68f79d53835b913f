"""What this room does when somebody can no longer stand, or the service moved."""

from __future__ import annotations

from django.utils import timezone

from companionway.foundation.events import on
from companionway.oncall import services
from companionway.people.events import Erased, OrganisationChanged, Paused, RoleEnded
from companionway.people.models import Organisation, Person


def _leave(person_id: int | None) -> None:
    if person_id and (person := Person.objects.filter(pk=person_id).first()):
        services.leave_turns(actor=None, person=person, now=timezone.now())


@on(RoleEnded)
def who_has_the_role_no_more_has_no_turns(event: RoleEnded) -> None:
    _leave(event.about_id)


@on(Paused)
def who_takes_a_break_has_no_turns(event: Paused) -> None:
    _leave(event.actor_id)


@on(Erased)
def who_is_gone_has_no_turns(event: Erased) -> None:
    _leave(event.about_id or event.actor_id)


@on(OrganisationChanged)
def turns_follow_the_zone_of_the_service(event: OrganisationChanged) -> None:
    here = Organisation.objects.filter(pk=int(event.subject.partition(":")[2])).first()
    if here is not None:
        services.make_turns(actor=None, organisation=here, now=timezone.now())
