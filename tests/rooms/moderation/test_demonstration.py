"""The invented organisation shows one decision that was made, appealed, heard by three, and taken back."""

from __future__ import annotations

import pytest

from companionway.conversations import queries as conversations
from companionway.conversations.states import MessageState
from companionway.demonstration.building import build
from companionway.foundation.models import Record
from companionway.moderation import policy, queries
from companionway.moderation.models import Decision
from companionway.moderation.states import Outcome, State
from companionway.people.models import Person
from tests.cast import NOW

pytestmark = pytest.mark.once


@pytest.mark.django_db
def test_it_shows_an_appeal_that_three_have_heard() -> None:
    build(now=NOW)
    made = Decision.objects.get()
    assert (made.outcome, made.state, made.second) == (Outcome.REMOVAL, State.OVERTURNED, None)
    assert made.taken_away_at and made.put_back_at and made.about and made.about.is_demonstration
    shown = queries.statement_of(made)
    assert len(shown.views) == len(shown.panel) == 3 and shown.appeal_words and shown.message["text"]
    message = conversations.message(made.message_id or 0)
    assert message and message.state == MessageState.HERE
    assert conversations.shown_of(message).facts == shown.message
    assert made.made_by_id not in {
        each.person_id for each in conversations.people_in(message.conversation_id)
    }
    halima = Person.objects.get(name="Halima")
    assert list(policy.handled_by(halima)) == [made]
    waiting = Record.objects.waiting().filter(name__startswith="moderation.")
    assert not waiting.exists(), "nobody finds months of notices on the first visit"
