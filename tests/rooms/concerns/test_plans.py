"""A live concern opens the way to somebody's plan for whoever answers it, and for nobody else."""

from __future__ import annotations

from companionway.concerns import queries, services
from companionway.concerns.models import Concern
from companionway.people.models import Person
from companionway.plans import policy as plans
from tests.cast import NOW
from tests.rooms.concerns.conftest import House
from tests.rooms.concerns.test_climbing import minutes


def may_open(actor: Person, owner: Person) -> bool:
    return bool(plans.may_open_in_danger(Person.objects.get(pk=actor.pk), owner, NOW))


def test_whoever_was_told_and_then_only_whoever_has_it(house: House) -> None:
    mina = house.cast.mina
    assert not may_open(house.ben, mina)
    concern = house.told()
    assert may_open(house.ben, mina)
    assert not may_open(house.cora, mina)
    services.climb_due(actor=None, now=minutes(5))
    assert may_open(house.cora, mina)
    services.acknowledge(actor=house.cora, concern=concern, now=minutes(6))
    assert may_open(house.cora, mina)
    assert not may_open(house.ben, mina)
    services.stand_down(actor=house.cast.theo, concern=concern, now=minutes(7))
    assert not may_open(house.cora, mina)


def test_never_for_who_raised_it_nor_by_a_drill(house: House) -> None:
    house.told()
    assert not may_open(house.cast.theo, house.cast.mina)
    house.told(actor=house.lena, about=house.cast.ruth, is_drill=True)
    assert not may_open(house.ben, house.cast.ruth)


def test_one_that_goes_round_somebody_leaves_their_plan_alone(house: House) -> None:
    concern = house.told(actor=house.cast.mina, about=house.cast.theo)
    assert concern.goes_round
    assert not may_open(house.ben, house.cast.theo)


def test_the_page_leads_there(house: House) -> None:
    concern = Concern.objects.get(pk=house.told().pk)
    page = queries.page_of(house.ben, concern, NOW.date(), NOW)
    assert page.plan is not None
    assert (page.plan.owner, page.plan.is_open, bool(page.plan.may_open)) == (house.cast.mina, False, True)
    assert queries.page_of(house.cast.theo, concern, NOW.date(), NOW).plan is None
