"""Beginning, and the first steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from companionway.conversations import services as conversations
from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.foundation.sealing import RELATIONSHIP, key_of, seal_facts
from companionway.people.models import Person, Programme
from companionway.practice import services as practice
from companionway.support import policy
from companionway.support.events import Began, Met
from companionway.support.models import Relationship
from companionway.support.moving import move, taken, whom
from companionway.support.states import State


@transaction.atomic
def begin(
    *,
    actor: Person,
    programme: Programme,
    member: Person,
    supporter: Person,
    reasons: Sequence[str | Sequence[str]],
    now: datetime,
) -> Relationship:
    """Both said yes: open their talk and the page they share.

    `reasons` may be read by both: words, or the keys of a reason (said in the reader's language when shown).
    Raises Refused when the two must not meet or there is no free place.
    """
    require(policy.may_begin(actor, programme, member, supporter))
    # The last word on room: two who say yes in the same moment meet one after the other.
    practice.take_place(supporter_id=supporter.pk, programme_id=programme.pk, must_offer=False)
    talk = conversations.open_conversation(
        actor=actor, programme=programme, people=[member, supporter], now=now
    )
    relationship = Relationship.objects.create(
        programme=programme, member=member, supporter=supporter, conversation_id=talk.pk, began_at=now
    )
    key = key_of(RELATIONSHIP, relationship.pk)
    relationship.sealed_reasons = seal_facts(key, list(reasons), "reasons")
    relationship.save(update_fields=["sealed_reasons"])
    announce(Began(**whom(relationship, actor), conversation_id=talk.pk), at=now)
    return relationship


@transaction.atomic
def say_we_met(
    *, actor: Person, relationship: Relationship, met_on: date | None = None, now: datetime
) -> Relationship:
    """The first meeting has been; from here on the two walk together. The day is kept only where days are kept."""
    locked = taken(actor, relationship)
    require(policy.may_say_we_met(actor, locked))
    locked.walking_at = now
    if locked.programme.keeps_attendance:
        locked.first_met_on = met_on or now.date()
    move(locked, State.WALKING, "walking_at", "first_met_on")
    announce(Met(**whom(locked, actor)), at=now)
    return locked
