"""Groups in both organisations, with something of every kind that their rules give: nothing crosses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from companionway.groups.models import (
    Group,
    LeftOut,
    Membership,
    Pin,
    Poll,
    Proposal,
    SpacePause,
    TalkOfThree,
    TalkWish,
)
from companionway.people import practice_models
from companionway.people.models import Programme
from tests.access.deeds import NOW
from tests.access.test_belonging import RULES, strangers_rows
from tests.access.world import Both, World

pytestmark = pytest.mark.django_db
OF_GROUPS = [name for name in RULES if name.startswith("companionway.groups.")]


def _grouped(world: World) -> None:
    """A listed group of the member and the supporter; one proposal, poll, pin, pause and wish to talk in it."""
    mine, other = (world.people[key] for key in (world.parts.member, world.parts.supporter))
    programme = Programme.objects.get(pk=world.first.programme_id)
    groups = practice_models.data_of("charity_groups")["groups"]
    Programme.objects.filter(pk=programme.pk).update(model_data={**programme.model_data, "groups": groups})
    group = Group.objects.create(
        programme=programme, name=f"Group at {world.host}", kind="closed", begun_at=NOW
    )
    for person in (mine, other):
        Membership.objects.create(group=group, person=person, came_at=NOW)
    week: dict[str, Any] = {"opened_at": NOW, "closes_at": NOW + timedelta(days=7), "sealed": b"sealed"}
    Proposal.objects.create(group=group, by=mine, kind="motion", **week)
    Poll.objects.create(group=group, by=mine, **week)
    Pin.objects.create(group=group, pinned_by=other, pinned_at=NOW, sealed=b"sealed")
    SpacePause.objects.create(
        group=group, person=mine, by=other, days=2, since_at=NOW,
        until_at=NOW + timedelta(days=2), sealed_reason=b"sealed",
    )  # fmt: skip
    third = world.people[sorted(world.parts.coordinators)[0]]
    TalkOfThree.objects.create(group=group, third=third, one=mine, other=other, third_yes=True, asked_at=NOW)
    LeftOut.objects.create(
        group=group, person=mine, by=other, days=2, put_at=NOW, since_at=NOW, until_at=NOW + timedelta(days=2)
    )
    TalkWish.objects.create(group=group, person=mine, to=other, asked_at=NOW, sealed=b"sealed")


@pytest.mark.parametrize("name", OF_GROUPS)
def test_a_rule_of_groups_ends_at_the_wall(name: str, world: Both) -> None:
    for each in world.each:
        _grouped(each)
    for each in world.each:
        assert strangers_rows(RULES[name], each) == []
        assert any(RULES[name](each.person(actor)).exists() for actor in each.actors)
