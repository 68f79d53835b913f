"""Pages of those who begin groups, places that are hidden, and what a page asks of the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.groups import services
from companionway.groups.models import (
    Group,
)
from companionway.groups.states import STANDS
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, begin


@pytest.fixture
def mina(world: World, client: Client) -> Client:
    return enters(client, world.cast.mina)


def _url(name: str, group: Group) -> str:
    return reverse(f"groups:{name}", args=[group.public_id])


def test_the_team_begins_changes_and_ends_a_group(world: World, client: Client) -> None:
    cora = enters(client, world.cast.cora)
    begin_url = reverse("groups:begin", args=[world.charity.public_id])
    assert cora.get(begin_url).status_code == 200
    said = {"name": "Tuesday soup", "kind": "closed", "age_band": "adult", "capacity": "8", "is_listed": "on"}
    assert cora.post(begin_url, {**said, "kind": "open"}).status_code == 422
    cora.post(begin_url, said)
    group = Group.objects.get(name="Tuesday soup")
    cora.post(_url("change", group), {**said, "name": "Tuesday bread"})
    group.refresh_from_db()
    assert group.name == "Tuesday bread"
    assert cora.post(_url("positions", group), {"name": "Nia", "role": "facilitator"}).status_code == 422
    cora.post(_url("end", group))
    group.refresh_from_db()
    assert group.ended_at is not None
    elsewhere = reverse("groups:begin", args=[world.cast.programme.public_id])
    assert cora.get(elsewhere).status_code == 404


def test_a_member_begins_none(world: World, mina: Client) -> None:
    assert mina.get(reverse("groups:begin", args=[world.charity.public_id])).status_code == 404


def test_a_place_that_is_hidden_is_told_to_those_who_belong(
    world: World, closed: Group, mina: Client
) -> None:
    programme = world.charity
    rules = {**programme.model_data["groups"], "hides_place": True}
    programme.model_data = {**programme.model_data, "groups": rules}
    programme.save()
    assert "The old library" not in mina.get(_url("group", closed)).content.decode()
    services.ask_for_place(actor=world.cast.mina, group=closed, now=NOW)
    assert "The old library" in mina.get(_url("group", closed)).content.decode()


def _count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_three_rows_cost_no_more_questions_than_one(world: World, closed: Group, mina: Client) -> None:
    one = _count(mina, "/groups/")
    for name in ("A", "B"):
        begin(world, world.charity, "drop_in", name=name)
    assert _count(mina, "/groups/") == one
    services.ask_for_place(actor=world.cast.mina, group=closed, now=NOW)

    def more(number: int) -> int:
        for each in range(number):
            services.propose(actor=world.cast.mina, group=closed, kind="motion", words=f"M{each}", now=NOW)
        return _count(mina, _url("decisions", closed))

    assert more(1) == more(2)

    def asked(number: int) -> int:
        for each in range(number):
            services.open_poll(
                actor=world.cast.mina, group=closed, question=f"P{each}", options=["a", "b"], now=NOW
            )
        services.close_polls(now=NOW + STANDS)
        return _count(mina, _url("decisions", closed))

    assert asked(1) == asked(2)
    first = _count(mina, _url("group", closed))
    for each in (world.cast.theo, world.ada):
        services.take_position(actor=world.cast.cora, group=closed, person=each, role="welcomer", now=NOW)
    assert _count(mina, _url("group", closed)) == first
