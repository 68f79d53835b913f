"""Mina and Theo, who were just introduced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from companionway.conversations import places, services, telling
from companionway.conversations.models import Conversation
from companionway.people.models import Person
from tests.cast import NOW, Cast, make_cast


@pytest.fixture(autouse=True)
def _no_places_remembered() -> Iterator[None]:
    """Row numbers come again in the next test."""
    yield
    places.forget_all()
    telling.forget_drawn()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def pair(cast: Cast) -> Conversation:
    return services.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
