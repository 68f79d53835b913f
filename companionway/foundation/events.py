"""Announce what happened in the same transaction; deliver it afterwards, at least once.

Records carry ids, never words: no message text and no health data may enter a payload.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from companionway.foundation import duties
from companionway.foundation.models import Record

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A past-tense fact. `subject` is "kind:id"; `about_id` the person concerned when not the actor."""

    name: ClassVar[str]
    actor_id: int | None
    subject: str
    about_id: int | None = field(default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKeyChanged(Event):
    """Every key is wrapped by a new master key (how many), and the old one is gone."""

    name: ClassVar[str] = "foundation.master_key_changed"
    keys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLongEnough(Event):
    """What was kept as long as the rule says was destroyed: which class of data (a key of ours), and how many rows."""

    name: ClassVar[str] = "foundation.kept_long_enough"
    what: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBegunAgain(Event):
    """An older database was put back, knowingly: the chain of records goes on from what it holds."""

    name: ClassVar[str] = "foundation.record_begun_again"


E = TypeVar("E", bound=Event)
_reactions: dict[str, list[tuple[type[Event], Callable[[Any], None]]]] = defaultdict(list)


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a reaction; it may run more than once for one event and must not mind."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        _reactions[event_type.name].append((event_type, reaction))
        return reaction

    return register


def is_awaited(name: str) -> bool:
    return bool(_reactions.get(name))


def announce(event: Event, *, at: datetime) -> None:
    """Write the fact into the record, inside the deed's own transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{event.name} was announced outside a transaction")
    awaited = is_awaited(event.name)
    Record.objects.create(
        name=event.name,
        actor_id=event.actor_id,
        about_id=event.about_id,
        subject=event.subject,
        payload=asdict(event),
        happened_at=at,
        delivered_at=None if awaited else at,
    )
    if awaited:
        transaction.on_commit(duties.wake)


def deliver(*, limit: int = 500) -> int:
    """Hand waiting records to their reactions, oldest first; returns how many. Called by the worker, and on a timer."""
    waiting = _waiting(limit)
    for pk in waiting:
        try:
            with transaction.atomic():
                _deliver_one(pk)
        except Exception:
            logger.exception("record %s will be tried again", pk)
            Record.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    return len(waiting)


# Asked every other second, for ever: as text, on the small index of what waits.
_WAITING = (
    "select id from foundation_record where delivered_at is null and attempts < 20 order by id limit %s"
)


def _waiting(limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [limit])
        return [pk for (pk,) in cursor.fetchall()]


def _deliver_one(pk: int) -> None:
    skip = connection.features.has_select_for_update_skip_locked
    record = Record.objects.waiting().select_for_update(skip_locked=skip).filter(pk=pk).first()
    if record:
        for event_type, reaction in _reactions[record.name]:
            reaction(event_type(**record.payload))
        record.delivered_at = timezone.now()
        record.save(update_fields=["delivered_at"])
