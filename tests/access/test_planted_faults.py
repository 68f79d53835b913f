"""The walk catches mistakes: each fault below is one somebody could make, planted and seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from companionway.conversations import policy as conversations
from companionway.conversations.models import Conversation, Message
from companionway.foundation import prepared
from companionway.foundation.policy import YES
from companionway.introductions import policy as introductions
from companionway.introductions.models import Introduction
from companionway.people import policy as people
from companionway.people import roles
from companionway.people import services as people_services
from companionway.people.models import Consent, Person, ProfileItem, Programme
from companionway.plans import policy as plans
from companionway.plans.models import PlanSection, PlanShare, PlanShareQuerySet
from companionway.practice import policy as practice
from companionway.practice.models import SupporterPractice
from companionway.safety import policy as safety
from companionway.safety.models import HelpLine, KeepApartWish, KeptApart, Report
from companionway.support import policy as support
from companionway.support.models import Relationship
from tests.access.walking import Canary, walk
from tests.access.world import Both

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@dataclass(frozen=True)
class Fault:
    """One mistake: what stands in the place of which rules, and which addresses need trying to notice it."""

    name: str
    instead: tuple[tuple[Any, str, Any], ...]
    addresses: tuple[str, ...]

    def is_about(self, name: str) -> bool:
        return name.startswith(self.addresses)


def everything(model: Any) -> Callable[..., Any]:
    return lambda *_args, **_kwargs: model.objects.all()


def allowed(*_args: Any, **_kwargs: Any) -> Any:
    return YES


def anywhere(self: Person, permission: str, programme: Programme | int | None = None) -> bool:
    return any(permission in roles.GRANTS.get(role, ()) for role, _held_in in self.roles_now)


def all_programmes(self: Person, permission: str) -> list[int]:
    return list(Programme.objects.values_list("pk", flat=True)) if anywhere(self, permission) else []


FAULTS = [
    Fault(
        "a talk opens for anybody",
        ((conversations, "visible_to", everything(Conversation)),),
        ("conversations:talk",),
    ),
    Fault(
        "staff look inside without a reason",
        ((conversations, "looked_into_by", lambda actor, now: conversations.lookable_by(actor)),),
        ("conversations:inside",),
    ),
    Fault(
        "staff may ask to look inside where nothing is reported upward",
        ((conversations, "lookable_by", everything(Conversation)),),
        ("conversations:look_inside",),
    ),
    Fault(
        "a message opens for anybody",
        ((conversations, "visible_messages", everything(Message)),),
        ("conversations:message",),
    ),
    Fault(
        "a walk opens for anybody",
        ((support, "visible_to", everything(Relationship)), (support, "may_read_words", allowed)),
        ("support:walk", "support:agreement"),
    ),
    Fault("a note opens for whoever oversees", ((support, "may_read_words", allowed),), ("support:note",)),
    Fault(
        "oversight forgets the tradition",
        ((support, "visible_to", everything(Relationship)), (support, "may_look_at_note", allowed)),
        ("support:look_at_note",),
    ),
    Fault(
        "an introduction opens for anybody",
        ((introductions, "mine", everything(Introduction)),),
        ("introductions:introduction",),
    ),
    Fault(
        "a desk opens for anybody",
        ((introductions, "desks_of", everything(Programme)),),
        ("introductions:desk",),
    ),
    Fault(
        "limits of another supporter",
        ((practice, "visible_to", everything(SupporterPractice)), (practice, "may_keep", allowed)),
        ("practice:limits",),
    ),
    Fault(
        "a report opens for the one it is about",
        ((safety, "reports_answerable_by", everything(Report)),),
        ("safety:answer",),
    ),
    Fault(
        "pairs kept apart are shown", ((safety, "pairs_visible_to", everything(KeptApart)),), ("safety:pair",)
    ),
    Fault(
        "staff read a report and nobody is told",
        ((people_services, "record_read", lambda **_read: None),),
        ("safety:answer",),
    ),
    Fault(
        "a plan opens for anybody it was ever shared with",
        ((plans, "shares_open_to", lambda actor, *_: PlanShare.objects.filter(reader=actor)),),
        ("plans:theirs",),
    ),
    Fault(
        "a plan opens although its time has run out",
        ((PlanShareQuerySet, "live", lambda rows, now: rows.filter(stopped_at=None)),),
        ("plans:theirs",),
    ),
    Fault(
        "a plan opens for anybody",
        ((plans, "sections_open_to", everything(PlanSection)),),
        ("plans:theirs",),
    ),
    Fault("wishes are shown", ((safety, "wishes_visible_to", everything(KeepApartWish)),), ("safety:wish",)),
    Fault(
        "anybody keeps the numbers", ((safety, "lines_kept_by", everything(HelpLine)),), ("safety:number",)
    ),
    Fault("items of others open", ((people, "items_visible_to", everything(ProfileItem)),), ("people:item",)),
    Fault("receipts of others", ((people, "consents_visible_to", everything(Consent)),), ("people:receipt",)),
    Fault(
        "a member is given what an administrator may do",
        ((roles, "GRANTS", {**roles.GRANTS, roles.MEMBER: roles.GRANTS[roles.ADMINISTRATOR]}),),
        ("people:admin_people", "people:admin_person"),
    ),
    Fault(
        "a role counts in every programme",
        ((Person, "holds", anywhere), (Person, "programmes_with", all_programmes)),
        ("support:look_at_note", "introductions:desk_of"),
    ),
    Fault(
        "a supporter is given what a coordinator may do",
        ((roles, "GRANTS", {**roles.GRANTS, roles.SUPPORTER: roles.GRANTS[roles.COORDINATOR]}),),
        ("safety:reports", "introductions:card"),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_caught(
    fault: Fault, world: Both, canaries: list[Canary], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the fault the same walk finds nothing: test_access.py proves that."""
    for place, name, instead in fault.instead:
        monkeypatch.setattr(place, name, instead)
    prepared.forget_all()
    try:
        assert walk(world, canaries, only=fault.is_about, is_one_enough=True).deviations != []
    finally:
        prepared.forget_all()
