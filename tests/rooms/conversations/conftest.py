"""Mina and Theo, who were just introduced."""

from __future__ import annotations

import pytest
from django.test import Client

from companionway.conversations import services
from companionway.conversations.models import Conversation
from companionway.people.models import Person
from tests.cast import NOW, Cast, make_cast


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
