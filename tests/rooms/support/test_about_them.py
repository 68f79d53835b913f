"""What each chose to show the person they talk with: that person reads it, while they are together, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from companionway.people import services as people
from companionway.people.models import Audience, ItemKind, Person
from companionway.people.queries import Needs
from companionway.safety import services as safety
from companionway.support import services
from companionway.support.models import Relationship
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SHOWN, HIDDEN, ONLY_TO_FIND = "I like herons.", "The winter of 2019.", "A quiet man, please."


@pytest.fixture
def told(cast: Cast) -> None:
    for text, audience in (
        (SHOWN, Audience.SUPPORTER),
        (HIDDEN, Audience.NOBODY),
        (ONLY_TO_FIND, Audience.MATCHING),
    ):
        people.share_item(actor=cast.mina, kind=ItemKind.STORY, text=text, audience=audience, now=NOW)
    people.state_needs(actor=cast.mina, needs=Needs(never=["phone"], words="Slowly is good."), now=NOW)


def address(walk: Relationship) -> str:
    return reverse("support:about_them", args=[walk.public_id])


def test_the_other_reads_what_was_meant_for_them_and_nothing_else(
    cast: Cast, walk: Relationship, told: None, come_in: Callable[[Person], Client]
) -> None:
    page = come_in(cast.theo).get(address(walk)).content.decode()
    assert SHOWN in page
    assert "Slowly is good." in page
    assert HIDDEN not in page
    assert ONLY_TO_FIND not in page


def test_each_reads_about_the_other_not_about_themselves(
    cast: Cast, walk: Relationship, told: None, come_in: Callable[[Person], Client]
) -> None:
    page = come_in(cast.mina).get(address(walk)).content.decode()
    assert SHOWN not in page
    assert "Nothing yet." in page


def test_strangers_other_supporters_and_coordinators_find_nothing(
    cast: Cast, walk: Relationship, told: None, come_in: Callable[[Person], Client]
) -> None:
    for person in (cast.ruth, cast.sam_the_stranger, cast.cora, cast.adil):
        assert come_in(person).get(address(walk)).status_code == 404


def test_it_is_over_when_they_part(
    cast: Cast, walk: Relationship, told: None, come_in: Callable[[Person], Client]
) -> None:
    services.end_relationship(actor=cast.mina, relationship=walk, now=NOW)
    assert come_in(cast.theo).get(address(walk)).status_code == 404


def test_a_block_closes_it_at_once(
    cast: Cast, walk: Relationship, told: None, come_in: Callable[[Person], Client]
) -> None:
    safety.block_person(actor=cast.mina, person=cast.theo, now=NOW)
    assert come_in(cast.theo).get(address(walk)).status_code == 404
