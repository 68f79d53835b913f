"""The phone tree: chosen, read only by those who stand on it, and gone with whoever leaves."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from companionway.foundation.policy import Refused
from companionway.groups import erasing, exporting, queries, services
from companionway.groups.models import Group, OnTree
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, begin

NUMBER = "07700 900123"


@pytest.fixture
def group(world: World) -> Group:
    made = begin(world, world.charity, "closed", capacity=9)
    for each in world.comers:
        services.ask_for_place(actor=each, group=made, now=NOW)
    for each, number in ((world.cast.mina, NUMBER), (world.cast.theo, "07700 900456")):
        services.stand_on_tree(actor=each, group=made, reached_by=number, now=NOW)
    return made


def _page(person: Person, group: Group) -> str:
    return enters(Client(), person).get(f"/groups/{group.public_id}/phone-tree/").content.decode()


def test_only_those_who_stand_on_it_read_it_and_each_tells_the_next(world: World, group: Group) -> None:
    assert [(each.name, each.next_name) for each in queries.tree_of(world.cast.mina, group)] == [
        ("Mina", "Theo"),
        ("Theo", ""),
    ]
    assert "07700 900456" in _page(world.cast.mina, group)
    for other in (world.cast.ruth, world.nia):
        shown = _page(other, group)
        assert "Would you like to stand on it?" in shown
        for hidden in (NUMBER, "Mina", "07700 900456"):
            assert hidden not in shown
    stranger = enters(Client(), world.cast.sam_the_stranger)
    assert stranger.get(f"/groups/{group.public_id}/phone-tree/").status_code == 404
    assert NUMBER.encode() not in bytes(OnTree.objects.get(person=world.cast.mina).sealed)


def test_by_the_page_on_and_off_again_and_what_was_typed_comes_back(world: World, group: Group) -> None:
    client = enters(Client(), world.cast.ruth)
    address = f"/groups/{group.public_id}/phone-tree/"
    assert client.post(address, {"reached_by": "x" * 201}).status_code == 422
    assert client.post(address, {"reached_by": "07700 900789"}).status_code == 302
    assert "07700 900789" in _page(world.cast.mina, group)
    assert client.post(address, {"off": "1"}).status_code == 302
    assert "07700 900789" not in _page(world.cast.mina, group)


def test_whoever_leaves_or_deletes_everything_is_off_it(world: World, group: Group) -> None:
    assert exporting.part(world.cast.mina)["phone_trees"] == [
        {"group": "Thursday lamp", "reached_by": NUMBER}
    ]
    services.leave_group(actor=world.cast.mina, group=group, now=NOW)
    erasing.part(world.cast.theo, NOW)
    assert not OnTree.objects.exists()


def test_whoever_stays_away_or_is_of_a_group_that_ended_is_off_it(world: World, group: Group) -> None:
    given = {"actor": world.cast.cora, "first": world.ada, "group": group, "days": 5, "now": NOW}
    services.leave_out(person=world.cast.mina, **given)
    assert not OnTree.objects.filter(person=world.cast.mina).exists()
    services.end_group(actor=world.cast.cora, group=group, now=NOW)
    assert not OnTree.objects.exists()


def test_nobody_reads_whom_they_must_not_meet(world: World, group: Group) -> None:
    safety.block_person(actor=world.cast.theo, person=world.cast.mina, now=NOW)
    assert "07700 900456" not in _page(world.cast.mina, group)


def test_never_where_no_list_is_kept_or_of_young_people(world: World, group: Group, steps: Group) -> None:
    with pytest.raises(Refused):
        services.stand_on_tree(actor=world.cast.mina, group=steps, reached_by=NUMBER, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        OnTree.objects.create(group=steps, person=world.cast.ruth, sealed=b"x", since_at=NOW)
    Group.objects.filter(pk=group.pk).update(age_band="young")
    with pytest.raises(DatabaseError), transaction.atomic():
        OnTree.objects.create(group=group, person=world.cast.ruth, sealed=b"x", since_at=NOW)
    client = enters(Client(), world.cast.mina)
    assert client.get(f"/groups/{steps.public_id}/phone-tree/").status_code == 404
