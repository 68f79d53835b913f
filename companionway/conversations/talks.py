"""What the room below asks of conversations when it shows its queue: as parts of its own questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from companionway.conversations import gates
from companionway.conversations.models import Message, Participant
from companionway.conversations.states import MessageState
from companionway.noticing.talks import Talks
from companionway.noticing.talks import register as register_talks


def _of_person(person_id: int) -> QuerySet[Any, Any]:
    return Participant.objects.filter(person=person_id).values("conversation")


def _written_by(person_id: int) -> QuerySet[Any, Any]:
    return Message.objects.filter(author=person_id).values("pk")


def _unchecked(programme_ids: list[int], since: datetime) -> dict[int, int]:
    missed = Message.objects.filter(noticed=None, sent_at__gt=since, state=MessageState.HERE)
    missed = missed.exclude(author=None).filter(conversation__programme__in=programme_ids)
    counted = missed.values_list("conversation__programme").annotate(messages=Count("pk"))
    return dict(counted.order_by())


def register() -> None:
    register_talks(Talks(_of_person, _written_by, gates.held_by, _unchecked))
