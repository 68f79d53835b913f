"""What the room above knows of conversations and this one has to ask: who takes part, who wrote, what was unchecked.

`conversations` registers it when it is ready. As querysets of ids, so that they become part of one question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

Ids = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Talks:
    """`of_person` gives ids of conversations, `written_by` ids of messages, `unchecked` {programme id: how many}.

    `held_by`: the numbers, below nought, of words of theirs that wait to be read and are no messages yet.
    """

    of_person: Callable[[int], Ids]
    written_by: Callable[[int], Ids]
    held_by: Callable[[int], Ids]
    unchecked: Callable[[list[int], datetime], dict[int, int]]


_talks: list[Talks] = []


def register(talks: Talks) -> None:
    _talks[:] = [talks]


def own(person_id: int) -> Q:
    """What was noticed in words of their own."""
    talks = known()
    return Q(message_id__in=talks.written_by(person_id)) | Q(message_id__in=talks.held_by(person_id))


def known() -> Talks:
    return _talks[0]
