"""The probes and the walk catch what could go wrong between two organisations, each fault planted and seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import QuerySet

from companionway.foundation.policy import YES
from companionway.home.queries import _public as public
from companionway.introductions import policy as introductions
from companionway.notices import queries as notices
from companionway.notices.reactions import _safety as safety_reactions
from companionway.people import middleware, policy, roles
from companionway.people import queries as people
from companionway.people.management.commands import export
from companionway.people.models import Organisation, Person, PersonQuerySet, Programme, RoleHeld
from companionway.safety import policy as safety
from companionway.safety.models import HelpLine, KeptApart
from companionway.safety.queries import _lines as lines
from tests.access.probing import PROBES
from tests.access.walking import Canary, walk
from tests.access.world import Both

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@dataclass(frozen=True)
class Fault:
    """One mistake: what stands in the place of which rules, and who notices: a probe, or the walk."""

    name: str
    instead: tuple[tuple[Any, str, Any], ...]
    probe: str = ""
    addresses: tuple[str, ...] = ()

    def is_about(self, name: str) -> bool:
        return name.startswith(self.addresses)


def everybody_here(self: PersonQuerySet, organisation: Any) -> PersonQuerySet:
    return self.all()


def all_programmes(self: Person, permission: str) -> list[int]:
    granted = [where for role, where in self.roles_now if permission in roles.GRANTS.get(role, ())]
    every = list(Programme.objects.values_list("pk", flat=True))
    return every if None in granted else [where for where in granted if where]


def holders_anywhere(permission: str, programme_id: int, *, anywhere: bool = False) -> set[int]:
    held = RoleHeld.objects.filter(role__in=roles.roles_granting(permission), until_at=None)
    return set(held.values_list("person", flat=True))


def every_line(organisation: Organisation | None, today: Any) -> QuerySet[HelpLine]:
    return HelpLine.objects.live(today)


def of_all(self: Any, here: Organisation, name: str) -> list[Person]:
    return list(Person.objects.here().order_by("pk"))


FAULTS = [
    Fault(
        "people are listed without their organisation",
        ((policy, "visible_to", lambda actor: Person.objects.here()),),
        addresses=("people:admin_people", "people:admin_person"),
    ),
    Fault(
        "a role in the whole organisation reaches the other one",
        ((Person, "programmes_with", all_programmes),),
        addresses=("people:admin",),
    ),
    Fault("the same, in every list", ((Person, "programmes_with", all_programmes),), probe="rules"),
    Fault(
        "roles held anywhere are listed",
        ((policy, "roles_visible_to", lambda actor: RoleHeld.objects.all()),),
        addresses=("people:admin_end_role",),
    ),
    Fault(
        "pairs kept apart in the other organisation are shown",
        ((safety, "pairs_visible_to", lambda actor: KeptApart.objects.all()),),
        addresses=("safety:pair", "safety:apart"),
    ),
    Fault(
        "help lines of the other organisation are kept here",
        ((safety, "lines_kept_by", lambda actor: HelpLine.objects.kept()),),
        addresses=("safety:number", "safety:numbers"),
    ),
    Fault(
        "help lines of the other organisation are shown",
        ((lines, "_shown", every_line),),
        probe="outage copies",
    ),
    Fault(
        "programmes of the other organisation stand on the first page",
        ((public.people, "open_programmes", lambda: Programme.objects.filter(is_open=True)),),
        addresses=("home", "about"),
    ),
    Fault(
        "a name of the other organisation signs in here",
        ((PersonQuerySet, "of", everybody_here),),
        probe="the way in",
    ),
    Fault(
        "a one-time code opens any door", ((PersonQuerySet, "of", everybody_here),), probe="one-time codes"
    ),
    Fault(
        "holders in the other organisation are told",
        (
            (notices, "people_who_may", holders_anywhere),
            (safety_reactions, "people_who_may", holders_anywhere),
        ),
        probe="notices",
    ),
    Fault(
        "a report is answered by administrators everywhere",
        ((PersonQuerySet, "of", everybody_here),),
        probe="notices",
    ),
    Fault("the export is of everybody", ((export.Command, "_chosen", of_all),), probe="exports"),
    Fault("everybody's files are written", ((PersonQuerySet, "of", everybody_here),), probe="exports"),
    Fault(
        "a desk counts everybody's reports",
        ((safety, "reports_answerable_by", lambda actor: safety.Report.objects.all()),),
        probe="counts",
    ),
    Fault(
        "requests of the other organisation wait at this desk",
        (
            (introductions, "may_coordinate", lambda *_: YES),
            (introductions, "desks_of", lambda actor: Programme.objects.all()),
        ),
        addresses=("introductions:desk",),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_between_organisations_is_caught(
    fault: Fault, world: Both, canaries: list[Canary], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, name, instead in fault.instead:
        monkeypatch.setattr(place, name, instead)
    if fault.probe:
        assert any(PROBES[fault.probe](world, canaries))
    else:
        assert walk(world, canaries, only=fault.is_about, is_one_enough=True).deviations != []


def test_a_session_at_the_other_door_is_caught(
    world: Both, canaries: list[Canary], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the middleware asking nobody whose door it is, the strays come in."""
    monkeypatch.setattr(middleware, "is_at_home", lambda person: True)
    walked = walk(world, canaries, only=lambda name: name == "people:me", is_one_enough=True)
    assert walked.intrusions != []
    assert people.organisation_at(world.elsewhere.host) == world.elsewhere.organisation
