"""A prepared question answers as the query set it was composed from, every time with other values."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from companionway.foundation.prepared import Prepared, counted, slot, statement_of
from companionway.people.models import Person, RoleHeld
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db
ONE = Prepared(lambda: RoleHeld.objects.select_related("person").filter(person=slot("person"), until_at=None))
NAMES = Prepared(lambda: Person.objects.filter(joined_at__lte=slot("at")).order_by("pk").values_list("name"))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_rows_come_back_as_the_query_set_gives_them(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for who in (cast.mina, cast.theo, cast.mina):
        usual = list(RoleHeld.objects.select_related("person").filter(person=who, until_at=None))
        with django_assert_num_queries(1):
            found = ONE.all(person=who.pk)
            people = [held.person for held in found]
        assert found == usual
        for field in Person._meta.concrete_fields:
            shown = [getattr(person, field.attname) for person in people]
            assert shown == [getattr(held.person, field.attname) for held in usual], field.name


def test_moments_are_given_as_they_are_stored(cast: Cast) -> None:
    for at in (NOW - timedelta(days=9999), NOW + timedelta(days=9999)):
        usual = Person.objects.filter(joined_at__lte=at).order_by("pk").values_list("name")
        assert NAMES.all(at=at) == list(usual)


def test_several_are_counted_in_one_question(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everybody = Person.objects.order_by("name")
    statements = [ONE.statement(person=cast.mina.pk), statement_of(everybody), ONE.statement(person=0)]
    with django_assert_num_queries(1):
        numbers = counted(statements)
    assert numbers == [ONE.count(person=cast.mina.pk), everybody.count(), 0]
    assert counted([]) == []


def test_a_value_that_is_missing_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError):
        ONE.all()
