"""When a group meets, and what stands at the door of its evening until one has said yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from companionway.conversations.models import Participant
from companionway.foundation.policy import Refused
from companionway.gatherings import services as gatherings
from companionway.gatherings.models import Seat
from companionway.groups import queries, services
from companionway.groups.device import NAME
from companionway.groups.models import Agreed, Group, Meets
from companionway.groups.moving import write_version
from companionway.groups.services._beginning import Says
from companionway.meetings import beside
from companionway.meetings.models import Cover, Meeting, Series
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, begin, come_in, meetings_for, with_space


@pytest.fixture
def at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _url(name: str, group: Group) -> str:
    return reverse(f"groups:{name}", args=[group.public_id])


def _open_now(world: World, group: Group) -> str:
    """An evening of this group is open now; its door."""
    series = Series.objects.get(of_group__group=group)
    meeting = Meeting.objects.create(
        series=series, original=NOW, starts_at=NOW, ends_at=NOW + timedelta(hours=1), way="room"
    )
    # In these traditions two hold a meeting: Ada stands in.
    Cover.objects.create(meeting=meeting, taken_by=world.ada, asked_at=NOW)
    gatherings.open_meeting(actor=world.nia, meeting=meeting, now=NOW)
    return f"/gatherings/{meeting.public_id}/"


def test_a_group_begun_on_the_pages_has_a_when_and_holders(world: World, client: Client) -> None:
    cora = enters(client, world.cast.cora)
    says = Says(name="Tuesday soup", kind="closed")
    group = services.begin_group(actor=world.cast.cora, programme=world.charity, says=says, now=NOW)
    assert "Begin meetings for it" in cora.get(_url("meets", group)).content.decode()
    said = {
        "name": "Tuesday soup", "way": "room", "starts_on": "2026-12-01", "begins": "18:30", "minutes": "90",
        "zone": "Europe/London", "again": "week", "format_key": meetings_format(world),
    }  # fmt: skip
    assert cora.post(_url("begin_meetings", group), {**said, "minutes": "1"}).status_code == 422
    answer = cora.post(_url("begin_meetings", group), said)
    assert answer.status_code == 302 and answer["Location"] == _url("positions", group)
    series = Series.objects.get(of_group__group=group)
    assert series.is_closed, "this group keeps a list"
    cora.post(_url("positions", group), {"name": "Nia", "role": "facilitator"})
    page = cora.get(_url("group", group)).content.decode()
    assert "Nia" in page and "It is not said yet" not in page


def meetings_format(world: World) -> str:
    return str(world.charity.model_data["groups"]["formats"][0]["key"])


def test_meetings_that_stand_are_chosen_and_let_go(world: World, client: Client, drop_in: Group) -> None:
    cora = enters(client, world.cast.cora)
    says = Says(name="Lamp two", kind="drop_in")
    group = services.begin_group(actor=world.cast.cora, programme=world.charity, says=says, now=NOW)
    free, closed = meetings_for(world, group), meetings_for(world, group, name="Shut", is_closed=True)
    taken, away = Series.objects.get(of_group__group=drop_in), meetings_for(world, begin_steps(world))
    assert queries.free_series(world.cast.cora, group, NOW) == [free]
    for other in (taken, away, closed):
        assert cora.post(_url("meets", group), {"series": other.public_id}).status_code == 422
        with pytest.raises(Refused):
            services.meet_by(actor=world.cast.cora, group=group, series=other, now=NOW)
    assert cora.post(_url("meets", group), {"series": free.public_id}).status_code == 302
    assert Meets.objects.get(group=group).series == free
    assert cora.post(_url("meet_no_more", group), {"series": taken.public_id}).status_code == 404
    cora.post(_url("meet_no_more", group), {"series": free.public_id})
    assert not Meets.objects.filter(group=group).exists() and Series.objects.filter(pk=free.pk).exists()


def begin_steps(world: World) -> Group:
    says = Says(name="Steps", kind="open")
    return services.begin_group(actor=world.cast.cora, programme=world.steps, says=says, now=NOW)


def test_whoever_only_comes_arranges_nothing(world: World, client: Client, drop_in: Group) -> None:
    mina = enters(client, world.cast.mina)
    for name in ("meets", "begin_meetings"):
        assert mina.get(_url(name, drop_in)).status_code == 404
    series = Series.objects.get(of_group__group=drop_in)
    assert mina.post(_url("meet_no_more", drop_in), {"series": series.public_id}).status_code == 404
    with pytest.raises(Refused):
        services.meet_no_more(actor=world.cast.mina, group=drop_in, series=series, now=NOW)
    enters(client, world.nia)
    assert client.get(_url("meets", drop_in)).status_code == 200
    answer = client.get(_url("begin_meetings", drop_in))
    assert answer.status_code == 302, "who holds it asks the team for other meetings"


def test_who_held_a_closed_group_by_its_meetings_leaves_its_space_with_them(
    world: World, closed: Group
) -> None:
    group = with_space(world, closed)
    come_in(world.nia, group)
    series = Series.objects.get(of_group__group=group)
    services.meet_no_more(actor=world.cast.cora, group=group, series=series, now=NOW)
    assert not Participant.objects.filter(conversation=group.space, person=world.nia, left_at=None).exists()


def test_the_page_of_a_meeting_leads_to_its_group(world: World, drop_in: Group) -> None:
    meeting = Meeting.objects.filter(series__of_group__group=drop_in)[0]
    urls = [each.url for each in beside.links(world.cast.mina, meeting, NOW)]
    assert _url("group", drop_in) in urls
    stranger = beside.links(world.cast.sam_the_stranger, meeting, NOW)
    assert stranger == []


def test_at_the_evenings_door_one_says_yes_first_and_again_when_it_changed(
    world: World, client: Client, drop_in: Group, at_that_time: None
) -> None:
    door, mina = _open_now(world, drop_in), enters(client, world.cast.mina)
    page = mina.get(door).content.decode()
    assert "late or early" in page and "I agree, and take a seat" in page
    refused = mina.post(door, {"name": "Wren", "sits": "seat"})
    assert 'value="Wren"' in refused.content.decode() and not Seat.objects.exists()
    assert mina.post(door, {"name": "Wren", "sits": "seat", "agreed": "1"})["Location"] == f"{door}room/"
    assert Agreed.objects.get(group=drop_in, person=world.cast.mina).number == 1
    mina.post(f"{door}leave/")
    assert "I agree, and take a seat" not in mina.get(door).content.decode()
    write_version(drop_in, ["Telephones sleep in the hall."], NOW)
    page = mina.get(door).content.decode()
    assert "What changed since you said yes" in page and "<s>We come as we are" in page
    before = Seat.objects.count()
    mina.post(door, {"sits": "seat", "agreed": "1"})
    assert Seat.objects.count() == before, "the words they read are not the newest"


def test_where_nobody_keeps_who_belongs_the_device_alone_remembers_it(
    world: World, client: Client, at_that_time: None
) -> None:
    group = begin(world, world.voices, "open")
    door, mina = _open_now(world, group), enters(client, world.cast.mina)
    assert "remembered on this device only" in mina.get(door).content.decode()
    assert mina.post(door, {"sits": "seat", "agreed": "1"})["Location"] == f"{door}room/"
    assert NAME in mina.cookies and not Agreed.objects.exists()
    assert mina.cookies[NAME]["path"] == "/", "the pages of groups and the doors of evenings read the same"
    mina.post(f"{door}leave/")
    assert "I agree, and take a seat" not in mina.get(door).content.decode()
    other = enters(Client(), world.cast.mina)
    assert "I agree, and take a seat" in other.get(door).content.decode(), (
        "another device was asked nothing yet"
    )
    again = enters(client, world.cast.theo)
    assert "I agree, and take a seat" in again.get(door).content.decode(), "it is bound to the person"
