from __future__ import annotations

from datetime import datetime

import pytest

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.foundation.events import deliver
from companionway.notices import services
from companionway.people.models import Person
from tests.cast import NOW, Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return conversations.open_conversation(
        actor=cast.cora, programme=cast.programme, people=[cast.mina, cast.theo], now=NOW
    )


@pytest.fixture
def by_email(cast: Cast) -> Person:
    """Mina, who agreed to e-mails."""
    services.allow_email(actor=cast.mina, address="m@example.org", now=NOW)
    return cast.mina


@pytest.fixture
def say(cast: Cast, talk: Conversation):
    def said(text: str = "canary words", *, by: Person | None = None, now: datetime = NOW):
        shown = conversations.send_message(actor=by or cast.theo, conversation=talk, text=text, now=now)
        deliver()
        return shown

    return said
