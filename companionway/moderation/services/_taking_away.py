"""What becomes of the message itself: kept for an appeal, taken away when a decision holds, put back when it falls."""

from __future__ import annotations

from datetime import datetime

from companionway.conversations import policy as conversations_policy
from companionway.conversations import queries
from companionway.conversations import services as conversations
from companionway.moderation.models import Decision
from companionway.moderation.opening import message_words, seal_message
from companionway.people.models import Person


def keep_words(decision: Decision) -> None:
    """As they stand now: whoever reads it second reads what it is about."""
    if decision.message_id is not None and (message := queries.message(decision.message_id)):
        decision.sealed_message = seal_message(decision, queries.shown_of(message).facts)


def take_away(decision: Decision, actor: Person, now: datetime) -> None:
    """When it begins to hold. What its writer took back in the meantime is not there to be taken.

    A message that another decision took away already is away by both: it comes back when neither holds it.
    """
    if decision.message_id is None:
        return
    message = queries.message(decision.message_id)
    if message is not None and conversations_policy.may_take_away(actor, message):
        words = conversations.take_away_message(actor=actor, message=message, now=now)
        decision.sealed_message = seal_message(decision, words)
    elif not Decision.objects.keeping_away(decision.message_id).exists():
        return
    decision.taken_away_at = now
    decision.save(update_fields=["sealed_message", "taken_away_at"])


def put_back(decision: Decision, actor: Person, now: datetime) -> None:
    """When an appeal overturns it; not where another decision keeps it away, or where it can be shown no more."""
    if decision.message_id is None or decision.taken_away_at is None:
        return
    if Decision.objects.keeping_away(decision.message_id).exists():
        return
    words = message_words(decision)
    if conversations.put_back_message(actor=actor, message_id=decision.message_id, words=words, now=now):
        decision.put_back_at = now
        decision.save(update_fields=["put_back_at"])
