"""The addresses of an association (its officers, its members) and of temporary sponsors (those of the group, the two).

Of the actors Imogen is secretary of the demonstration's association, and Frankie can be asked in its twelve-step group.
"""

from __future__ import annotations

from typing import Any

from companionway.association.models import Minutes
from companionway.groups.models import Group
from companionway.sponsors.models import Offer
from tests.access.world import World

Things = list[tuple[str, dict[str, Any], frozenset[str]]]
SECRETARY, COMES = frozenset({"imogen"}), frozenset({"frankie"})
OF_THE_GROUP = {"home", "register", "begin"}


def association(world: World, name: str, parts: tuple[str, ...]) -> Things:
    deed = name.partition(":")[2]
    group = Group.objects.filter(
        programme__organisation=world.organisation, programme__practice_model="self_help_association"
    ).first()
    if group is None:
        return [_not_there(parts)]
    if deed in OF_THE_GROUP:
        return [("group", {"public_id": group.public_id}, SECRETARY)]
    minutes = Minutes.objects.get(group=group)
    if deed == "earlier":
        # There is one version, and none before it.
        return [("minutes", {"public_id": minutes.public_id, "number": 1}, frozenset())]
    return [("minutes", {"public_id": minutes.public_id}, SECRETARY)]


def sponsors(world: World, name: str, parts: tuple[str, ...]) -> Things:
    deed = name.partition(":")[2]
    group = Group.objects.filter(
        programme__organisation=world.organisation, programme__practice_model="twelve_step_groups"
    ).first()
    if group is None or deed in {"answer", "read_answer", "go_on"}:
        return [_not_there(parts)]
    if deed == "ask":
        return [("offer", {"public_id": Offer.objects.get(group=group).public_id}, COMES)]
    return [("group", {"public_id": group.public_id}, COMES)]


def _not_there(parts: tuple[str, ...]) -> tuple[str, dict[str, Any], frozenset[str]]:
    return "not there", {each: 1 if each == "number" else "notthere1234" for each in parts}, frozenset()
