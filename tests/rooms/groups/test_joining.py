"""Asking for a place, waiting fairly, and leaving without a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.groups import policy, queries, services
from companionway.groups.models import Group, Membership, Waiting
from companionway.groups.states import OFFER_LASTS
from companionway.meetings import policy as meetings_policy
from companionway.people.models import Person, Stop
from companionway.safety import services as safety
from tests.cast import NOW
from tests.rooms.groups.conftest import World, begin

LATER = NOW + timedelta(hours=1)


def _ask(person: Person, group: Group, minutes: int = 0) -> Membership | Waiting:
    return services.ask_for_place(actor=person, group=group, now=NOW + timedelta(minutes=minutes))


def _filled(world: World, closed: Group) -> None:
    for minutes, each in enumerate(world.comers[:2]):
        assert isinstance(_ask(each, closed, minutes), Membership)


def test_whoever_asks_first_has_the_place_and_then_they_wait_in_order(world: World, closed: Group) -> None:
    _filled(world, closed)
    third, fourth = world.comers[2:]
    assert isinstance(_ask(third, closed, 5), Waiting)
    assert isinstance(_ask(fourth, closed, 6), Waiting)
    pages = [queries.page_of(each, closed, LATER) for each in (third, fourth)]
    assert [page.place for page in pages if page] == [1, 2]


def test_a_freed_place_is_offered_to_the_first_and_nobody_who_asks_later_overtakes(
    world: World, closed: Group
) -> None:
    _filled(world, closed)
    third, fourth = world.comers[2:]
    _ask(third, closed, 5)
    services.leave_group(actor=world.comers[0], group=closed, now=LATER)
    # The free place is held for the third: the fourth waits although a chair is empty.
    assert isinstance(_ask(fourth, closed, 90), Waiting)
    row = Waiting.objects.get(person=third)
    assert row.offered_until == LATER + OFFER_LASTS
    services.take_place(actor=third, waiting=row, now=LATER + timedelta(days=3))
    assert policy.belongs(third, closed)
    assert not Waiting.objects.filter(person=third).exists()


def test_an_offer_that_nobody_answers_goes_on_to_the_next(world: World, closed: Group) -> None:
    _filled(world, closed)
    third, fourth = world.comers[2:]
    _ask(third, closed, 5)
    _ask(fourth, closed, 6)
    services.leave_group(actor=world.comers[0], group=closed, now=LATER)
    assert services.pass_places_on(now=LATER + OFFER_LASTS - timedelta(seconds=1)) == 0
    assert services.pass_places_on(now=LATER + OFFER_LASTS) == 1
    assert not Waiting.objects.filter(person=third).exists()
    assert Waiting.objects.get(person=fourth).offered_until == LATER + OFFER_LASTS * 2
    assert services.pass_places_on(now=LATER + OFFER_LASTS) == 0
    with pytest.raises(Refused):
        services.take_place(
            actor=fourth, waiting=Waiting.objects.get(person=fourth), now=LATER + OFFER_LASTS * 2
        )


def test_leaving_the_queue_or_the_group_leaves_nobodys_name(world: World, closed: Group) -> None:
    _filled(world, closed)
    third = world.comers[2]
    _ask(third, closed, 5)
    before = Record.objects.count()
    services.leave_queue(actor=third, group=closed, now=LATER)
    services.leave_group(actor=world.comers[0], group=closed, now=LATER)
    told = Record.objects.order_by("pk")[before:]
    assert [each.name for each in told] == ["groups.place_freed"] * 2
    assert {(each.actor_id, each.about_id) for each in told} == {(None, None)}
    assert not Waiting.objects.exists()
    assert not Membership.objects.filter(person=world.comers[0]).exists()


def test_whoever_must_not_meet_somebody_of_the_group_is_not_let_in_and_not_told_why(
    world: World, closed: Group
) -> None:
    mina, theo = world.comers[:2]
    _ask(mina, closed)
    safety.block_person(actor=mina, person=theo, now=NOW)
    with pytest.raises(Refused) as refused:
        _ask(theo, closed, 5)
    assert str(refused.value) == policy.cannot_be_let_in().reason
    assert "Mina" not in str(refused.value)
    assert not Waiting.objects.exists()
    # Also from those who only hold it.
    safety.block_person(actor=world.ada, person=world.nia, now=NOW)
    with pytest.raises(Refused):
        _ask(world.ada, closed, 6)


def test_whoever_may_not_be_let_in_now_keeps_their_place_and_holds_up_nobody(
    world: World, closed: Group
) -> None:
    _filled(world, closed)
    third, fourth = world.comers[2:]
    _ask(third, closed, 5)
    _ask(fourth, closed, 6)
    safety.block_person(actor=third, person=world.comers[1], now=NOW)
    services.leave_group(actor=world.comers[0], group=closed, now=LATER)
    assert Waiting.objects.get(person=third).offered_until is None
    assert Waiting.objects.get(person=fourth).offered_until is not None
    page = queries.page_of(third, closed, LATER)
    assert page is not None
    assert page.place is None


def test_the_place_that_is_held_is_not_taken_by_somebody_kept_from_there_meanwhile(
    world: World, closed: Group
) -> None:
    _filled(world, closed)
    third = world.comers[2]
    _ask(third, closed, 5)
    services.leave_group(actor=world.comers[0], group=closed, now=LATER)
    safety.block_person(actor=world.comers[1], person=third, now=LATER)
    with pytest.raises(Refused):
        services.take_place(actor=third, waiting=Waiting.objects.get(person=third), now=LATER)


def test_where_no_list_is_kept_there_is_nothing_to_join(world: World, steps: Group, drop_in: Group) -> None:
    for group in (steps, drop_in):
        with pytest.raises(Refused, match="nothing to join"):
            _ask(world.cast.mina, group)
        assert policy.belongs(world.cast.mina, group)


def test_a_member_is_let_in_to_the_closed_meetings_and_nobody_else(world: World, closed: Group) -> None:
    mina, theo = world.comers[:2]
    _ask(mina, closed)
    series = closed.meets.get().series
    assert meetings_policy.enterable_by(mina).filter(pk=series.pk).exists()
    assert not meetings_policy.enterable_by(theo).filter(pk=series.pk).exists()
    services.leave_group(actor=mina, group=closed, now=LATER)
    assert not meetings_policy.enterable_by(mina).filter(pk=series.pk).exists()


def test_a_stranger_and_somebody_stopped_cannot_ask(world: World, closed: Group) -> None:
    with pytest.raises(Refused):
        _ask(world.cast.sam_the_stranger, closed)
    Stop.objects.create(
        person=world.cast.mina, programme=world.charity, decided_by=world.cast.cora, days=3, began_at=NOW
    )
    with pytest.raises(Refused):
        _ask(world.cast.mina, closed)


def test_somebody_of_another_age_is_not_let_in(world: World, closed: Group) -> None:
    Person.objects.filter(pk=world.ada.pk).update(age_band="young")
    with pytest.raises(Refused):
        _ask(Person.objects.get(pk=world.ada.pk), closed)


def test_whoever_leaves_the_programme_leaves_its_groups(world: World, closed: Group) -> None:
    mina = world.cast.mina
    _ask(mina, closed)
    mina.roles_held.filter(programme=world.charity).update(until_at=LATER)
    assert services.leave_where_not_belonging(person=mina, now=LATER) == 1
    assert not Membership.objects.filter(person=mina).exists()


def test_more_places_are_offered_when_there_are_more(world: World, closed: Group) -> None:
    _filled(world, closed)
    _ask(world.comers[2], closed, 5)
    says = services.says_of(closed)
    services.change_group(actor=world.nia, group=closed, says=replace(says, capacity=3), now=LATER)
    assert Waiting.objects.get(person=world.comers[2]).offered_until is not None


def test_a_place_can_be_asked_only_once(world: World, closed: Group) -> None:
    _filled(world, closed)
    _ask(world.comers[2], closed, 5)
    with pytest.raises(Refused, match="asked already"):
        _ask(world.comers[2], closed, 6)
    with pytest.raises(Refused, match="belong"):
        _ask(world.comers[0], closed, 6)


def test_a_group_without_end_of_places_lets_everybody_in(world: World) -> None:
    cohort = begin(world, world.charity, "cohort", name="Ten weeks")
    assert all(isinstance(_ask(each, cohort), Membership) for each in world.comers)


def test_whoever_is_stopped_for_some_days_comes_back_to_their_group_and_whoever_is_out_leaves_it(
    world: World, closed: Group
) -> None:
    mina, cora, nia = world.cast.mina, world.cast.cora, world.nia
    _ask(mina, closed)
    mina.roles_held.filter(programme=world.charity).update(until_at=LATER)
    stop = Stop.objects.create(person=mina, programme=world.charity, decided_by=cora, days=3, began_at=NOW)
    assert services.leave_where_not_belonging(person=mina, now=LATER) == 0
    assert Membership.objects.filter(person=mina).exists()
    assert not policy.belongs(mina, closed)
    Stop.objects.filter(pk=stop.pk).update(days=None, seconded_by=nia)
    assert services.leave_where_not_belonging(person=mina, now=LATER) == 1
    assert not Membership.objects.filter(person=mina).exists()
