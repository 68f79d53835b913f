"""What another process did to somebody's rights is noticed here within seconds, whether or not the bus carried it.

A deed that takes a right away writes its record in its own transaction, so the record is what to look at: one
statement a period on its key, however many streams are open. The bus only makes it quicker.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence

from django.db import DatabaseError, connection

from companionway.foundation import lane
from companionway.foundation.events import Event
from companionway.foundation.models import Record

logger = logging.getLogger(__name__)
# Open streams must end within five seconds; the rest is for the reading and for a busy machine.
SECONDS = 2.0
# A transaction may commit after another that took a later number: so far back is looked at again.
OVERLAP_SECONDS = 60.0

Hearer = Callable[[Sequence[Record]], None]
_hearers: dict[str, list[Hearer]] = defaultdict(list)


def noticed(*event_types: type[Event]) -> Callable[[Hearer], Hearer]:
    """`hearer(records)` runs in every serving process, in a thread, for new records of these events.

    The process's own deeds come too, and a record may come twice: a hearer only drops what is remembered.
    """

    def register(hearer: Hearer) -> Hearer:
        for each in event_types:
            _hearers[each.name].append(hearer)
        return hearer

    return register


class Watch:
    """How far the record was looked through. `seconds` is any clock that only goes forward."""

    def __init__(self, newest: int) -> None:
        self.floor = newest
        self._marks: deque[tuple[float, int]] = deque()
        self._seen: set[int] = set()

    def look(self, seconds: float) -> int:
        """Hand on what is new; returns how many records. One statement while nothing happens."""
        latest = newest()
        if latest <= self.floor:
            return 0
        wanted = Record.objects.filter(pk__gt=self.floor, name__in=list(_hearers)).order_by("pk")
        fresh = [each for each in wanted if each.pk not in self._seen]
        self._tell(fresh)
        self._seen.update(each.pk for each in fresh)
        self._remember(seconds, latest)
        return len(fresh)

    def _tell(self, fresh: list[Record]) -> None:
        heard: dict[Hearer, list[Record]] = defaultdict(list)
        for record in fresh:
            for hearer in _hearers[record.name]:
                heard[hearer].append(record)
        for hearer, records in heard.items():
            hearer(records)

    def _remember(self, seconds: float, latest: int) -> None:
        self._marks.append((seconds, latest))
        while self._marks and self._marks[0][0] <= seconds - OVERLAP_SECONDS:
            self.floor = self._marks.popleft()[1]
        self._seen = {pk for pk in self._seen if pk > self.floor}


# Asked every other second by every serving process, for ever: as text.
_NEWEST = "select max(id) from foundation_record"


def newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        return int(cursor.fetchone()[0] or 0)


async def run() -> None:
    """Look for ever; a task of the serving process."""
    watch = Watch(await lane.read(newest))
    while True:
        await asyncio.sleep(SECONDS)
        try:
            await lane.read(watch.look, time.monotonic())
        except DatabaseError:
            logger.warning("the database is away; what was missed is looked at when it is back")
