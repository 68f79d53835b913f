"""Groups of young people: who holds them, who comes in, and that every word is read first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.conversations import places
from companionway.conversations import policy as talk_policy
from companionway.conversations import queries as talks
from companionway.conversations import services as talking
from companionway.conversations.models import Message
from companionway.conversations.talk_page import talk_page
from companionway.foundation.policy import Refused
from companionway.groups import policy, services
from companionway.groups.models import Group, Membership
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.release.models import HeldReply
from tests.cast import NOW, give, make_person
from tests.rooms.groups.conftest import World, come_in, with_space

LATER = NOW + timedelta(days=1)


@pytest.fixture
def group(world: World, drop_in: Group) -> Group:
    made = with_space(world, drop_in)
    for each in (world.nia, world.cast.mina, world.cast.theo):
        come_in(each, made)
    return made


def _say(person: Person, group: Group, text: str) -> int:
    assert group.space is not None
    return talking.send_message(actor=person, conversation=group.space, text=text, now=NOW).id  # type: ignore[union-attr]


def _reads(person: Person, group: Group) -> str:
    """What the page of the space shows this person."""
    assert group.space is not None
    places.forget_all()
    own = talks.own_side(person, group.space.public_id)
    assert own is not None
    page = talk_page(person=person, conversation=own, before_id=None, now=NOW)
    return "".join(day.bubbles for day in page.days)


@pytest.fixture
def young(world: World) -> Programme:
    made = people.create_programme(
        actor=None,
        organisation=world.cast.organisation,
        name="Young",
        practice_model="charity_groups",
        age_bands=("young",),
        now=NOW,
    )
    give(world.cast.cora, roles.COORDINATOR, made)
    give(world.nia, roles.SUPPORTER, made)
    return made


def test_an_adult_who_is_not_trained_for_it_neither_holds_nor_enters_a_group_of_young_people(
    world: World, young: Programme
) -> None:
    cora = world.cast.cora
    says = services.Says(name="After school", kind="drop_in", age_band="young")
    group = services.begin_group(actor=cora, programme=young, says=says, now=NOW)
    with pytest.raises(Refused, match="cannot hold"):
        services.take_position(actor=cora, group=group, person=world.nia, role="facilitator", now=NOW)
    assert not policy.belongs(world.nia, group)
    services.open_space(actor=cora, group=group, now=NOW)
    with pytest.raises(Refused):
        services.enter_space(actor=cora, group=Group.objects.get(pk=group.pk), agreed=1, now=NOW)


def test_where_young_people_write_every_word_waits_until_somebody_read_it(
    world: World, young: Programme
) -> None:
    says = services.Says(name="After school", kind="drop_in", age_band="young")
    group = services.begin_group(actor=world.cast.cora, programme=young, says=says, now=NOW)
    services.open_space(actor=world.cast.cora, group=group, now=NOW)
    group = Group.objects.select_related("programme", "space").get(pk=group.pk)
    one, other = (make_person(name) for name in ("Wren", "Finn"))
    Person.objects.filter(pk__in=[one.pk, other.pk]).update(age_band="young")
    for each in (one, other):
        each.refresh_from_db()
        give(each, roles.MEMBER, young)
        come_in(each, group)
    assert group.space is not None
    kept = talking.send_message(actor=one, conversation=group.space, text="Is anybody there?", now=NOW)
    assert HeldReply.objects.get().author == one
    assert kept.is_waiting  # type: ignore[union-attr]
    assert not Message.objects.filter(author=one).exists()


def test_who_holds_a_group_and_is_not_trained_for_its_age_does_not_come_in(
    world: World, drop_in: Group
) -> None:
    group = with_space(world, drop_in)
    Group.objects.filter(pk=group.pk).update(age_band="young")
    young = Group.objects.select_related("programme", "space").get(pk=group.pk)
    with pytest.raises(Refused):
        services.enter_space(actor=world.nia, group=young, agreed=1, now=NOW)
    services.agree_at_the_door(actor=world.nia, group=young, number=1, now=NOW)
    with pytest.raises(Refused) as refused:
        services.enter_space(actor=world.nia, group=young, now=NOW)
    assert str(refused.value) == policy.cannot_be_let_in().reason


def test_whoever_is_of_another_age_now_leaves_lists_and_space(
    world: World, group: Group, closed: Group
) -> None:
    mina = world.cast.mina
    services.ask_for_place(actor=mina, group=closed, now=NOW)
    Person.objects.filter(pk=mina.pk).update(age_band="young")
    mina.refresh_from_db()
    assert services.leave_where_not_belonging(person=mina, now=NOW) == 2
    assert not talk_policy.visible_to(mina).filter(pk=group.space_id).exists()
    assert not Membership.objects.filter(person=mina).exists()
