"""The register and the terms: read from who belongs and who holds what, shown to officers, and to each their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from companionway.association import policy, queries
from companionway.association.states import Term
from companionway.groups import services as groups
from companionway.groups.services import Says
from companionway.people import services as people
from companionway.people.models import Person
from tests.cast import NOW, Cast, make_person
from tests.rooms.association.conftest import AFTER, House, fresh


def test_the_register_says_who_is_a_member_and_who_votes(house: House) -> None:
    rules = policy.rules_of(house.group)
    assert rules is not None
    entries = queries.register_of(house.group, rules)
    assert [each.name for each in entries] == ["Ada", "Mina", "Nia", "Ruth", "Theo"]
    assert all(each.votes for each in entries)
    people.stop_taking_part(
        actor=house.cast.cora, first=None, person=house.ada, programme=house.programme, days=2, now=NOW
    )
    ada = next(each for each in queries.register_of(house.group, rules) if each.name == "Ada")
    assert not ada.votes
    assert queries.voters(house.group, rules) == 4


def test_the_register_is_for_officers(house: House) -> None:
    cast = house.cast
    assert policy.may_see_register(house.nia, house.group)
    assert policy.may_see_register(cast.theo, house.group)
    for other in (cast.mina, cast.cora, cast.adil, cast.sam_the_stranger):
        assert not policy.may_see_register(other, house.group)


def test_each_member_sees_their_own_entry(house: House) -> None:
    rules = policy.rules_of(house.group)
    assert rules is not None
    mine = queries.entry_of(house.cast.mina, house.group, rules)
    assert mine is not None and (mine.name, mine.votes, mine.offices) == ("Mina", True, ())
    assert queries.entry_of(house.cast.sam_the_stranger, house.group, rules) is None


def test_whoever_leaves_the_group_is_off_the_register(house: House) -> None:
    groups.leave_group(actor=house.cast.mina, group=house.group, now=NOW)
    rules = policy.rules_of(house.group)
    assert rules is not None
    assert "Mina" not in [each.name for each in queries.register_of(house.group, rules)]
    assert not policy.groups_of(house.cast.mina).exists()


def test_a_position_that_is_not_elected_opens_no_register(house: House) -> None:
    groups.take_position(actor=house.cast.cora, group=house.group, person=house.ada, role="host", now=NOW)
    assert not policy.may_see_register(house.ada, house.group)


@pytest.mark.parametrize(
    ("days", "term"), [(1, Term.RUNS), (669, Term.RUNS), (671, Term.NEAR), (731, Term.OVER)]
)
def test_when_a_term_ends_an_election_is_due(house: House, days: int, term: Term) -> None:
    rules = policy.rules_of(house.group)
    assert rules is not None
    offices = queries.offices_of(house.group, rules, NOW + timedelta(days=days))
    chair = next(each for each in offices if each.key == "chair")
    assert chair.term == term
    treasurer = next(each for each in offices if each.key == "treasurer")
    assert treasurer.term == Term.VACANT and treasurer.is_due
    assert [each.key for each in offices] == ["chair", "deputy_chair", "treasurer", "secretary", "auditor"]


def test_an_open_group_has_nothing_of_this(house: House) -> None:
    says = Says(name="Evenings", kind="open")
    group = groups.begin_group(actor=house.cast.cora, programme=house.programme, says=says, now=NOW)
    assert policy.rules_of(fresh(group)) is None
    assert not policy.groups_of(house.cast.mina).filter(pk=group.pk).exists()


def test_the_register_asks_the_same_for_one_and_for_many(
    house: House, cast: Cast, django_assert_num_queries: object
) -> None:
    rules = policy.rules_of(house.group)
    assert rules is not None
    with django_assert_num_queries(3):  # type: ignore[operator]
        queries.register_of(house.group, rules)
    for name in ("Bo", "Cy", "Di"):
        person: Person = make_person(name)
        house.group.members.create(person=person, came_at=AFTER)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(queries.register_of(house.group, rules)) == 8
