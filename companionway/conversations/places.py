"""What the live lane remembers of a conversation: who is in it, who may write, its key. Dropped on every change."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import OuterRef

from companionway.conversations import gates
from companionway.conversations.models import Conversation, Participant
from companionway.foundation import bus, sealing
from companionway.noticing import queries as noticing
from companionway.noticing.looking import Watch
from companionway.people.models import Person
from companionway.people.queries import Night, night_of, takes_no_part
from companionway.safety import queries as safety

KEPT = 20_000
KEPT_SECONDS = 30.0
_PROGRAMME = OuterRef("conversation__programme")
_WITH = ("conversation__programme__noticing_switch", "conversation__programme__organisation", "person")


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation as the lane needs it."""

    conversation_id: int
    public_id: str
    names: dict[int, str]
    public_ids: dict[int, str]
    readers: frozenset[int]
    writers: frozenset[int]
    shows_seen: bool
    shows_typing: bool
    quiet: tuple[Person, ...]
    # What each writer seals with: gone when either the conversation's key or their own is destroyed.
    keys: dict[int, sealing.SealingKey]
    watch: Watch
    loaded: float
    # Whose words an upper room is asked about first (`gates`).
    gated: frozenset[int] = frozenset()
    # A place of many has a name. What stood before somebody came, and whose words one does not read.
    heading: str = ""
    since: dict[int, int] = field(default_factory=dict)
    apart: frozenset[tuple[int, int]] = frozenset()
    # Hours in which nothing is written in a place of many.
    night: Night | None = None

    def hides(self, viewer_id: int, message_id: int, author_id: int | None) -> bool:
        """Whether a message in a place of many is not this person's to read. Between two people nothing is hidden."""
        if not self.heading:
            return False
        is_before = message_id <= self.since.get(viewer_id, 0)
        return is_before or bool(author_id and safety.pair_key(viewer_id, author_id) in self.apart)


_by_id: OrderedDict[int, Place] = OrderedDict()
_ids: dict[str, int] = {}
_lock = threading.Lock()


def kept(public_id: str) -> Place | None:
    """What is remembered and still fresh; asks nothing."""
    return kept_by_id(_ids.get(public_id, 0))


def kept_by_id(conversation_id: int) -> Place | None:
    place = _by_id.get(conversation_id)
    return place if place and place.loaded + KEPT_SECONDS > time.monotonic() else None


def load(*, public_id: str = "", conversation_id: int = 0) -> Place | None:
    """Ask the database (in a thread, never on the event loop) and remember."""
    which = {"conversation__public_id": public_id} if public_id else {"conversation": conversation_id}
    found = Participant.objects.filter(**which).select_related(*_WITH)
    people: list[Any] = list(found.annotate(is_out=takes_no_part(OuterRef("person"), _PROGRAMME)))
    if not people:
        return None
    place = _made(people)
    with _lock:
        _by_id[place.conversation_id], _ids[place.public_id] = place, place.conversation_id
        if len(_by_id) > KEPT:
            _, oldest = _by_id.popitem(last=False)
            _ids.pop(oldest.public_id, None)
    return place


def _made(people: list[Any]) -> Place:
    conversation, now_in = people[0].conversation, [each for each in people if each.left_at is None]
    readers, heading = frozenset(each.person_id for each in now_in), conversation.heading
    writers = readers if conversation.is_open else frozenset()
    are_two = len(readers) == 2 and not heading
    if are_two and safety.blocked_between(*readers):
        writers = frozenset()
    stopped = {each.person_id for each in now_in if each.is_out or each.is_paused}
    writers = frozenset() if are_two and stopped else writers - stopped
    keys = _keys(conversation.pk, writers)
    return Place(
        conversation_id=conversation.pk,
        public_id=conversation.public_id,
        names={each.person_id: each.person.name for each in people if not each.person.erased_at},
        public_ids={each.person_id: each.person.public_id for each in people},
        readers=readers,
        writers=frozenset(keys),
        # Among many nobody is shown who is there, or when.
        shows_seen=not heading and all(each.wants_seen for each in now_in),
        shows_typing=not heading and all(each.wants_typing for each in now_in),
        quiet=tuple(each.person for each in now_in if each.person.quiet_until and not heading),
        keys=keys,
        watch=noticing.watch_of(conversation.programme),
        loaded=time.monotonic(),
        gated=gates.whose(conversation, now_in),
        heading=heading,
        since={each.person_id: each.sees_from_id for each in now_in if each.sees_from_id},
        apart=frozenset(safety.blocks_among(readers)) if heading else frozenset(),
        night=night_of(conversation.programme) if heading else None,
    )


def watch_of(conversation: Conversation) -> Watch:
    """Whether and how the messages of a conversation are looked at, as the lane knows it."""
    place = kept_by_id(conversation.pk) or load(conversation_id=conversation.pk)
    return place.watch if place else noticing.watch_of(conversation.programme)


def gated_in(conversation_id: int) -> frozenset[int]:
    """Whose words go through a gate in it, as the lane knows it."""
    place = kept_by_id(conversation_id) or load(conversation_id=conversation_id)
    return place.gated if place else frozenset()


def _keys(conversation_id: int, writers: frozenset[int]) -> dict[int, sealing.SealingKey]:
    pairs = {(conversation_id, pk) for pk in writers}
    found = sealing.keys_of_both(sealing.CONVERSATION, sealing.PERSON, pairs)
    keys = {pk: key for (_, pk), key in found.items() if pk is not None}
    for pk in writers - keys.keys():
        with contextlib.suppress(sealing.KeyDestroyed):
            keys[pk] = sealing.key_of_both(sealing.CONVERSATION, conversation_id, sealing.PERSON, pk)
    return keys


def forget(conversation_id: int) -> None:
    """Drop it here and in every other process, as soon as the change that asked for it is committed."""
    transaction.on_commit(lambda: _forget_everywhere(conversation_id))


def _forget_everywhere(conversation_id: int) -> None:
    forget_here(conversation_id)
    bus.post("place", conversation_id)


def forget_here(conversation_id: Any) -> None:
    with _lock:
        if place := _by_id.pop(int(conversation_id), None):
            _ids.pop(place.public_id, None)


def forget_here_of(person_ids: Container[int | None]) -> None:
    """Drop every conversation any of these people is in."""
    with _lock:
        for place in [each for each in _by_id.values() if any(who in person_ids for who in each.public_ids)]:
            del _by_id[place.conversation_id]
            _ids.pop(place.public_id, None)


def forget_all() -> None:
    with _lock:
        _by_id.clear()
        _ids.clear()


bus.hear("place", forget_here)
gates.remembers(forget_all, forget)
