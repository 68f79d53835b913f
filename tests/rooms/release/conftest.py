"""Theo learns; Hanna and Milo are mentors; Mina is the member he walks with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from companionway.conversations import places
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation
from companionway.people import roles
from companionway.people.models import Person
from companionway.release import services
from companionway.release.models import HeldReply, Traineeship
from companionway.release.states import Stage
from tests.cast import NOW, Cast, give, make_cast, make_person
from tests.rooms.release.places import switch

HOUR = timedelta(hours=1)


@dataclass
class Learning:
    """The small world of this room."""

    cast: Cast
    hanna: Person
    milo: Person
    talk: Conversation
    theo: Traineeship

    def says(self, words: str, *, client_id: str = "", asks: bool = False, now: datetime = NOW) -> object:
        """Theo sends something, as the form does."""
        return conversations.send_message(
            actor=self.cast.theo,
            conversation=self.talk,
            text=words,
            client_id=client_id,
            asks_first=asks,
            now=now,
        )

    def holds(self, words: str, *, client_id: str = "", now: datetime = NOW) -> HeldReply:
        kept = self.says(words, client_id=client_id, now=now)
        assert isinstance(kept, Kept)
        return HeldReply.objects.get(public_id=kept.public_id)

    def lets_go(self, held: HeldReply, *, by: Person | None = None, now: datetime = NOW) -> int:
        mentor = by or self.hanna
        services.open_reply(actor=mentor, held=held, now=now)
        held.refresh_from_db()
        return services.release_reply(actor=mentor, held=held, version=held.version, now=now)

    def gives_back(
        self, held: HeldReply, *, by: Person | None = None, could_harm: bool = False, now: datetime = NOW
    ) -> None:
        mentor = by or self.hanna
        services.open_reply(actor=mentor, held=held, now=now)
        held.refresh_from_db()
        services.send_back(
            actor=mentor,
            held=held,
            version=held.version,
            words="Warm and clear. Perhaps ask what she would like first.",
            could_harm=could_harm,
            now=now,
        )

    def is_at(self, stage: Stage) -> None:
        """As if mentors had signed; the stages themselves have their own tests."""
        Traineeship.objects.filter(pk=self.theo.pk).update(stage=stage, stage_at=NOW - HOUR)
        self.theo.refresh_from_db()


def make_learning() -> Learning:
    cast = make_cast()
    hanna, milo = make_person("Hanna"), make_person("Milo")
    for mentor in (hanna, milo):
        give(mentor, roles.MENTOR, cast.programme)
    talk = conversations.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW - 5 * HOUR
    )
    learns = services.begin_learning(
        actor=cast.cora, person=cast.theo, programme=cast.programme, now=NOW - 4 * HOUR
    )
    places.forget_all()
    return Learning(cast, hanna, milo, talk, learns)


@pytest.fixture
def learning(db: None) -> Learning:
    return make_learning()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return conversations.open_conversation(
        actor=cast.mina, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW - 5 * HOUR
    )


@pytest.fixture
def held(cast: Cast, talk: Conversation) -> Conversation:
    """A conversation of a programme in which everything is read first."""
    switch(cast)
    return talk
