"""Messages as the database gives them, before their seals are open: fixed statements, the answer in one piece."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from django.db import connection

from companionway.foundation import statements

COLUMNS = (
    "id",
    "seq",
    "conversation_id",
    "author_id",
    "client_id",
    "state",
    "sent_at",
    "changed_at",
    "sealed",
)
# Asked at every reconnect, page, and list that a device brings up to date: as text, because composing the question and
# its answer through models cost three quarters of the reading.
_SELECT = "select {} from conversations_message where ".format(", ".join(COLUMNS))  # noqa: S608
CHANGED = _SELECT + "conversation_id = %s and seq > %s order by seq limit %s"
NEWEST = _SELECT + "conversation_id = %s and state <> 'undone' order by id desc limit %s"
OLDER = _SELECT + "conversation_id = %s and state <> 'undone' and id < %s order by id desc limit %s"
BETWEEN = _SELECT + "seq > %s and seq <= %s order by seq limit %s"
SINCE = _SELECT + (  # noqa: S608
    "conversation_id in (select conversation_id from conversations_participant where person_id = %s "
    "and left_at is null) and seq > %s order by seq limit %s"
)
# The whole answer is one value (see `foundation/statements.py`): a driver that turned moments and bytes into Python row
# by row was a quarter of what fifty messages cost.
_PACKINGS = {
    "sqlite": "select json_group_array(json_array({}, hex(sealed))) from ({{}})",
    "postgresql": "select coalesce(json_agg(json_build_array({}, encode(sealed, 'hex')))::text, '[]') from ({{}}) f",
}
_PACKED = {vendor: packing.format(", ".join(COLUMNS[:-1])) for vendor, packing in _PACKINGS.items()}
BY_ID, BY_SEQ = itemgetter(COLUMNS.index("id")), itemgetter(COLUMNS.index("seq"))


def read(statement: str, order: Callable[[tuple[Any, ...]], int], *given: int) -> list[tuple[Any, ...]]:
    """Rows of COLUMNS, smallest number first, whichever end the statement began at."""
    with statements.prepared_cursor() as cursor:
        cursor.execute(_PACKED[connection.vendor].format(statement), given)
        packed = json.loads(cursor.fetchone()[0])
    return sorted(map(_unpacked, packed), key=order)


def _unpacked(row: list[Any]) -> tuple[Any, ...]:
    *plain, sent_at, changed_at, sealed = row
    return (*plain, _moment(sent_at), changed_at and _moment(changed_at), bytes.fromhex(sealed))


def _moment(kept: str) -> datetime:
    """Both databases keep universal time; SQLite does not say so."""
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)
