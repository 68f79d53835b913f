"""Mina and Theo write to each other; Noor is on call, Cora coordinates (and may stand on the rota)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from companionway.conversations import services
from companionway.conversations.bubbles import Shown
from companionway.conversations.models import Conversation
from companionway.noticing import looking
from companionway.people import roles
from companionway.people.models import Person
from tests.cast import NOW, Cast, give, make_cast, make_person

NOW_WORDS = "I have taken all my tablets"
SOON_WORDS = "I keep wanting to hang myself"
LATER_WORDS = "they would all be better off without me"
QUIET_WORDS = "See you on Thursday at four then"
CROSSING_WORDS = "send me a photo of you in your underwear"
VOICES_WORDS = "The voices tell me to kill myself tonight"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    looking._looker = looking._Looker()  # one that is stuck would leave the next test's words unchecked


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def noor(cast: Cast) -> Person:
    person = make_person("Noor")
    give(person, roles.ON_CALL, cast.programme)
    return person


@dataclass
class Talk:
    """A conversation, and a short way to say something in it."""

    conversation: Conversation

    def says(self, person: Person, text: str, **more: object) -> Shown:
        given = {"now": NOW, **more}
        return services.send_message(actor=person, conversation=self.conversation, text=text, **given)  # type: ignore[arg-type]


def talk_between(cast: Cast, *people: Person) -> Talk:
    return Talk(services.open_conversation(actor=people[0], programme=cast.programme, people=people, now=NOW))


@pytest.fixture
def talk(cast: Cast) -> Talk:
    return talk_between(cast, cast.mina, cast.theo)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
