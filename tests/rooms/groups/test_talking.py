"""A talk of three: voluntary for each, nobody reads who would rather not, and nothing is kept of it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from companionway.conversations import services as talking
from companionway.conversations.models import Message, Participant
from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.groups import erasing, policy, services
from companionway.groups.models import Group, TalkOfThree
from companionway.people.models import Person
from companionway.safety import services as safety
from tests.cast import NOW, enters
from tests.rooms.groups.conftest import World, come_in, with_space

PAGE = "/groups/{}/"


@pytest.fixture
def group(world: World, steps: Group) -> Group:
    made = with_space(world, steps)
    assert made.space is not None
    for each in (world.nia, *world.comers):
        come_in(each, made)
        talking.send_message(actor=each, conversation=made.space, text="Good evening.", now=NOW)
    return made


def _asked(world: World, group: Group) -> TalkOfThree:
    """Mina would like to talk with Theo, with Nia beside them."""
    return services.invite_to_talk(
        actor=world.cast.mina,
        group=group,
        third=world.nia,
        one=world.cast.mina,
        other=world.cast.theo,
        now=NOW,
    )


def _begun(world: World, group: Group) -> TalkOfThree:
    row = _asked(world, group)
    for each in (world.nia, world.cast.theo):
        services.say_to_talk(actor=each, row=row, is_yes=True, now=NOW)
    row.refresh_from_db()
    return row


def _page(person: Person, group: Group) -> str:
    return enters(Client(), person).get(PAGE.format(group.public_id)).content.decode()


def test_the_other_is_asked_only_when_the_third_would_be_there(world: World, group: Group) -> None:
    row, theo = _asked(world, group), world.cast.theo
    assert "You are asked whether" not in _page(theo, group)
    with pytest.raises(Refused):
        services.say_to_talk(actor=theo, row=row, is_yes=True, now=NOW)
    services.say_to_talk(actor=world.nia, row=row, is_yes=True, now=NOW)
    assert "You are asked whether" in _page(theo, group)
    row.refresh_from_db()
    assert row.conversation is None


def test_it_begins_when_all_three_said_yes_and_only_they_read_it(world: World, group: Group) -> None:
    row = _begun(world, group)
    assert row.conversation is not None
    inside = Participant.objects.filter(conversation=row.conversation, left_at=None)
    assert set(inside.values_list("person_id", flat=True)) == row.people
    address = f"/messages/{row.conversation.public_id}/"
    assert enters(Client(), world.cast.theo).get(address).status_code == 200
    for other in (world.ada, world.cast.cora, world.cast.sam_the_stranger):
        assert enters(Client(), other).get(address).status_code == 404
        assert "talk of three</h2>" not in _page(other, group)


def test_rather_not_takes_it_away_and_names_nobody(world: World, group: Group) -> None:
    row = _asked(world, group)
    services.say_to_talk(actor=world.nia, row=row, is_yes=True, now=NOW)
    before = Record.objects.count()
    client = enters(Client(), world.cast.theo)
    assert client.post(f"/groups/talks/{row.public_id}/say/", {"no": "1"}).status_code == 302
    assert not TalkOfThree.objects.exists()
    told = Record.objects.order_by("pk")[before:]
    assert [(each.actor_id, each.about_id) for each in told] == [(None, None)]
    assert "Theo" not in _page(world.cast.mina, group)


def test_when_it_is_over_every_word_is_gone(world: World, group: Group) -> None:
    row = _begun(world, group)
    assert row.conversation is not None
    talking.send_message(actor=world.cast.mina, conversation=row.conversation, text="It hurt.", now=NOW)
    services.end_talk_of_three(actor=world.cast.theo, row=row, now=NOW)
    services.end_talk_of_three(actor=world.cast.theo, row=row, now=NOW)
    assert not TalkOfThree.objects.exists()
    left = Message.objects.filter(conversation=row.conversation).exclude(author=None)
    assert all(bytes(each.sealed) == b"" for each in left)
    assert not Participant.objects.filter(conversation=row.conversation, left_at=None).exists()


def test_whoever_holds_it_offers_it_to_two_by_the_page(world: World, group: Group) -> None:
    client = enters(Client(), world.nia)
    address = PAGE.format(group.public_id) + "talk/three/"
    mina, theo = world.cast.mina.public_id, world.cast.theo.public_id
    assert client.post(address, {"one": mina, "other": mina}).status_code == 422
    assert client.post(address, {"one": mina, "other": theo}).status_code == 302
    row = TalkOfThree.objects.get()
    assert (row.third_yes, row.one_yes, row.other_yes) == (True, False, False)
    own = enters(Client(), world.cast.mina)
    assert own.post(f"/groups/talks/{row.public_id}/say/").status_code == 302
    row.refresh_from_db()
    assert row.one_yes and row.conversation is None


def test_never_with_those_who_must_not_meet_and_the_sentence_says_nothing(world: World, group: Group) -> None:
    safety.block_person(actor=world.cast.theo, person=world.cast.mina, now=NOW)
    with pytest.raises(Refused) as refused:
        _asked(world, group)
    assert "cannot be offered here" in str(refused.value)


def test_a_stranger_and_somebody_outside_the_space_see_no_names(world: World, group: Group) -> None:
    address = PAGE.format(group.public_id) + "talk/three/"
    assert enters(Client(), world.cast.sam_the_stranger).get(address).status_code == 404
    services.leave_space(actor=world.ada, group=group, now=NOW)
    shown = enters(Client(), world.ada).get(address).content.decode()
    assert "Mina" not in shown and "Theo" not in shown


def test_the_database_begins_none_before_all_said_yes_and_none_with_oneself(
    world: World, group: Group
) -> None:
    row = _begun(world, group)
    for wrong in ({"other_yes": False}, {"other": row.one_id}):
        with pytest.raises(DatabaseError), transaction.atomic():
            TalkOfThree.objects.filter(pk=row.pk).update(**wrong)


def test_deleting_everything_takes_the_talk_too(world: World, group: Group) -> None:
    row = _begun(world, group)
    erasing.part(world.cast.mina, NOW)
    assert not TalkOfThree.objects.filter(pk=row.pk).exists()
    assert not policy.talks_of_three_visible_to(world.cast.theo).exists()


def test_something_of_ours_is_outside_leads_to_the_report_and_to_the_group(
    world: World, group: Group
) -> None:
    client = enters(Client(), world.cast.mina)
    here = PAGE.format(group.public_id)
    shown = client.get(here + "outside/").content.decode()
    assert f"/report/?about=group:{group.public_id}" in shown
    assert (
        "Something of our group was seen outside"
        in client.get(here + "decisions/propose/?outside").content.decode()
    )
    assert "seen outside" not in client.get(here + "decisions/propose/").content.decode()
    assert enters(Client(), world.cast.sam_the_stranger).get(here + "outside/").status_code == 404
