"""What this room does when others tell."""

from __future__ import annotations

from django.utils import timezone

from companionway.conversations.events import (
    ConversationClosed,
    ConversationErased,
    ConversationOpened,
    MessageTakenAway,
    MessageUndone,
    MessageWithdrawn,
)
from companionway.foundation.events import on
from companionway.release import erasing, services


@on(ConversationOpened)
def a_conversation_with_a_trainee(event: ConversationOpened) -> None:
    services.open_thread(actor=None, conversation_id=event.conversation_id, now=timezone.now())


@on(ConversationClosed)
def nothing_more_goes(event: ConversationClosed) -> None:
    services.close_what_waits(actor=None, conversation_id=event.conversation_id, now=timezone.now())


def _no_other_words(event: MessageWithdrawn | MessageUndone | MessageTakenAway) -> None:
    where, now = event.conversation_id, timezone.now()
    services.close_what_waits(actor=None, conversation_id=where, edits_id=event.message_id, now=now)


@on(MessageWithdrawn)
def no_other_words_for_it(event: MessageWithdrawn) -> None:
    _no_other_words(event)


@on(MessageUndone)
def nor_for_what_was_undone(event: MessageUndone) -> None:
    _no_other_words(event)


@on(MessageTakenAway)
def nor_for_what_was_taken_away(event: MessageTakenAway) -> None:
    _no_other_words(event)


@on(ConversationErased)
def every_word_is_gone(event: ConversationErased) -> None:
    services.close_what_waits(actor=None, conversation_id=event.conversation_id, now=timezone.now())
    erasing.words_of_conversation(event.conversation_id)
