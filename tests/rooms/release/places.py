"""What the tests of held places share: the switch, writing, and letting words go."""

from __future__ import annotations

from datetime import timedelta

from companionway.conversations import places
from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation
from companionway.people.models import Person
from companionway.release import services
from companionway.release.models import HeldReply
from tests.cast import NOW, Cast

HOUR = timedelta(hours=1)
NAME = "0123456789abcdef"
URGENT = "I am going to kill myself tonight"


def switch(cast: Cast, is_on: bool = True) -> None:
    services.hold_programme(actor=cast.cora, programme=cast.programme, is_on=is_on, now=NOW)
    places.forget_all()


def says(who: Person, talk: Conversation, words: str, client_id: str = "") -> object:
    return conversations.send_message(actor=who, conversation=talk, text=words, client_id=client_id, now=NOW)


def holds(who: Person, talk: Conversation, words: str, client_id: str = "") -> HeldReply:
    kept = says(who, talk, words, client_id)
    assert isinstance(kept, Kept)
    return HeldReply.objects.get(public_id=kept.public_id)


def lets_go(by: Person, held: HeldReply) -> int:
    services.open_reply(actor=by, held=held, now=NOW + HOUR)
    held.refresh_from_db()
    return services.release_reply(actor=by, held=held, version=held.version, now=NOW + HOUR)


def words_in(talk: Conversation) -> list[str]:
    return [each.facts["text"] for each in conversation_queries.messages_of(talk) if "text" in each.facts]
