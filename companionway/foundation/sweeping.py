"""What a database still holds of what was erased, outside its rows: the write-ahead log and the gaps between rows.

SQLite overwrites what it deletes (`secure_delete`), yet a copy can stay in a page whose rows were moved: the file is
written anew, and the log is cut off. PostgreSQL leaves the bytes of a
deleted row in its page until something is written there: the tables with plain facts about people are written anew.
What its own write-ahead log, archives and replicas hold is theirs to forget (docs/privacy.md).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import DatabaseError, connection

from companionway.foundation.duties import duty
from companionway.foundation.models import DataKey

logger = logging.getLogger(__name__)
EVERY: Final = timedelta(hours=1)
# A larger table would keep people waiting while it is written anew; its gaps are reused instead.
LARGEST_BYTES: Final = 256 * 2**20
LOCK_MILLISECONDS: Final = 2000
# Rows of these hold plain words about a person. Sealed words need no sweeping: their key is gone.
_plain: set[str] = {"django_session"}


def holds_plain_facts(*tables: str) -> None:
    _plain.update(tables)


@duty("foundation.sweep", every=EVERY)
def sweep_when_something_was_erased(now: datetime) -> None:
    if DataKey.objects.filter(destroyed_at__gt=now - 2 * EVERY).exists():
        sweep()


def sweep() -> list[str]:
    """Outside a transaction. Returns what could not be swept now, in words; it is tried again within the hour."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _sweep_sqlite(cursor)
        cursor.execute(f"set lock_timeout = {LOCK_MILLISECONDS}")
        left = []
        for table in sorted(_plain & set(connection.introspection.table_names(cursor))):
            try:
                cursor.execute("select pg_total_relation_size(%s)", [table])
                full = "full" if cursor.fetchone()[0] <= LARGEST_BYTES else ""
                cursor.execute(f"vacuum {full} {table}")
            except DatabaseError:
                logger.warning("%s was busy and is swept later", table)
                left.append(f"{table} was busy")
        cursor.execute("reset lock_timeout")
        return left


def _sweep_sqlite(cursor: Any) -> list[str]:
    left = []
    cursor.execute("select page_count * page_size from pragma_page_count(), pragma_page_size()")
    if cursor.fetchone()[0] <= LARGEST_BYTES // 4:
        try:
            cursor.execute("vacuum")
        except DatabaseError:
            left.append("the database was busy: it is written anew within the hour")
    cursor.execute("pragma wal_checkpoint(truncate)")
    if cursor.fetchone()[0]:
        left.append("somebody was reading: the log is cut off later")
    return left
