"""Where everybody's words are read first. Remembered, so that everywhere else sending asks nothing more.

What is remembered may be behind; `why_held` asks inside the writing transaction, and the database's own rule
(`models`) stands behind both.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from companionway.conversations import gates
from companionway.conversations import queries as conversations
from companionway.foundation import bus
from companionway.foundation.models import Record
from companionway.foundation.watching import noticed
from companionway.people.events import AgeBandChanged
from companionway.people.models import Programme
from companionway.people.policy import ADULT, YOUNG
from companionway.release import events
from companionway.release.models import HeldReply, Space
from companionway.release.states import ReplyState

KEPT_SECONDS = 30.0


class WhyHeld(StrEnum):
    """`AGE` and `GROUPS` cannot be switched off: the second as long as the programme says so of its groups."""

    AGE = "age"
    GROUPS = "groups"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What is switched on, and conversations in which words still wait that were held there."""

    until: float = 0.0
    programmes: frozenset[int] = frozenset()
    conversations: frozenset[int] = frozenset()
    is_any: bool = False


_kept = _Remembered()


def must_be(programme: Programme, bands: Collection[str], *, is_of_many: bool = False) -> bool:
    """Always, and not to be switched off: the programme takes young people, or one of those inside is under age; and a
    place of many where the programme says that what is written in its groups is read first.

    Source: issue 4 ("always on for minors"). A programme that takes both is held whole: an age that was never said
    right must not be the only thing between a young person and unread words.
    """
    is_young = YOUNG in programme.takes or any(band != ADULT for band in bands)
    return is_young or (is_of_many and programme.reads_first)


def may_be_held(
    programme: Programme, conversation_id: int, bands: Collection[str], *, is_of_many: bool = False
) -> bool:
    """From memory, without a question. It may say yes too often, until the next look."""
    known = _remembered()
    switched = programme.pk in known.programmes or conversation_id in known.conversations
    return switched or must_be(programme, bands, is_of_many=is_of_many)


def why_held(conversation_id: int) -> WhyHeld | None:
    """As the database has it now."""
    inside = [each for each in conversations.people_in(conversation_id) if each.left_at is None]
    programme = conversations.programme_of(conversation_id)
    bands = [each.person.age_band for each in inside]
    if must_be(programme, bands):
        return WhyHeld.AGE
    if programme.reads_first and conversations.is_of_many(conversation_id):
        return WhyHeld.GROUPS
    on = Space.objects.filter(Q(conversation=None) | Q(conversation=conversation_id), programme=programme)
    return WhyHeld.SWITCH if on.exists() else None


def are_anywhere() -> bool:
    """Whether any words of this installation could be held by their place."""
    return _remembered().is_any


def _remembered() -> _Remembered:
    global _kept
    if _kept.until <= time.monotonic():
        on = list(Space.objects.values_list("programme_id", "conversation_id"))
        by_place = HeldReply.objects.filter(traineeship=None)
        waiting = by_place.filter(state=ReplyState.WAITING).values_list("conversation_id", flat=True)
        takes = Programme.objects.values_list("age_bands", flat=True)
        _kept = _Remembered(
            until=time.monotonic() + KEPT_SECONDS,
            programmes=frozenset(programme for programme, talk in on if talk is None),
            conversations=frozenset(talk for _programme, talk in on if talk) | frozenset(waiting),
            is_any=bool(on) or any(YOUNG in each for each in takes) or by_place.exists(),
        )
    return _kept


def forget_here(_fact: object = None) -> None:
    global _kept
    _kept = _Remembered()


def forget() -> None:
    """At once for the deed itself, and everywhere when it is committed."""
    forget_here()
    transaction.on_commit(_forget_everywhere)


def _forget_everywhere() -> None:
    forget_here()
    bus.post("spaces", 0)


bus.hear("spaces", forget_here)


@noticed(events.SpaceSwitched, AgeBandChanged)
def changed_elsewhere(_records: Sequence[Record]) -> None:
    """A process that the bus does not reach learns of it from the record."""
    forget_here()
    gates.forget_places()
