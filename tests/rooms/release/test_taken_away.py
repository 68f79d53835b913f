"""The team takes away what a mentor, or whoever reads first, had let go; an appeal puts it back through the walls."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from companionway.conversations import queries as conversation_queries
from companionway.conversations import services as conversations
from companionway.conversations.gates import Kept
from companionway.conversations.models import Conversation, Message
from companionway.conversations.states import MessageState
from companionway.foundation.events import deliver
from companionway.release import queries
from companionway.release.models import HeldReply
from companionway.release.states import ReplyState
from tests.cast import NOW, Cast
from tests.rooms.release.conftest import Learning
from tests.rooms.release.places import holds, lets_go, says, switch, words_in

WORDS = "You should leave him tonight."
LINE = {"text": "A message was taken away by the team."}


def test_a_trainees_message_and_its_mentor_reads_it_no_more(learning: Learning) -> None:
    held = learning.holds(WORDS)
    sent = Message.objects.get(pk=learning.lets_go(held))
    held.refresh_from_db()
    assert queries.opened(held).words["text"] == WORDS
    words = conversations.take_away_message(actor=learning.cast.cora, message=sent, now=NOW)
    assert words["text"] == WORDS
    assert queries.opened(held).words == LINE
    assert WORDS not in str(conversation_queries.messages_of(learning.talk))
    assert conversations.put_back_message(actor=learning.cast.cora, message_id=sent.pk, words=words, now=NOW)
    sent.refresh_from_db()
    assert conversation_queries.shown_of(sent).facts["text"] == WORDS
    assert queries.opened(held).words["text"] == WORDS


def test_the_wall_still_takes_no_other_words_for_what_is_there(learning: Learning) -> None:
    sent = Message.objects.get(pk=learning.lets_go(learning.holds(WORDS)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=sent.pk).update(sealed=b"other words")


def test_in_a_place_read_first_too_and_a_change_that_waits_goes_nowhere(
    cast: Cast, held: Conversation
) -> None:
    lets_go(cast.cora, holds(cast.mina, held, WORDS))
    sent = Message.objects.get(author=cast.mina)
    changed = conversations.edit_message(actor=cast.mina, message=sent, text="Or tomorrow.", now=NOW)
    assert isinstance(changed, Kept)
    words = conversations.take_away_message(actor=cast.cora, message=sent, now=NOW)
    while deliver():
        pass
    assert HeldReply.objects.get(edits_id=sent.pk).state == ReplyState.CLOSED
    assert words_in(held) in ([], [""])
    assert conversations.put_back_message(actor=cast.cora, message_id=sent.pk, words=words, now=NOW)
    assert words_in(held) == [WORDS]


def test_words_that_only_wait_are_no_message_to_take_away(cast: Cast, talk: Conversation) -> None:
    switch(cast)
    assert isinstance(says(cast.mina, talk, WORDS), Kept)
    assert not Message.objects.filter(author=cast.mina).exists()
    assert not Message.objects.filter(state=MessageState.TAKEN_AWAY).exists()
