"""A mark in a database that is being moved, and the triggers that let it be written no more.

A process that still has it open cannot acknowledge anything: every write fails before its commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from companionway.foundation.constraints import MOVING
from companionway.upkeep.layout import Table
from companionway.upkeep.lines import quoted

TABLE: Final = "companionway_moving"
# Of the target: rows arrive; all are there. Of the source: nothing may be written; the last step runs; it is over.
RECEIVING, ARRIVED = "receiving", "arrived"
SEALED, FINISHING, MOVED = "sealed", "finishing", "moved"


@dataclass(frozen=True, slots=True)
class Mark:
    state: str
    place: str
    made_at: str


def mark(of: BaseDatabaseWrapper | None = None) -> Mark | None:
    database = of or connection
    if TABLE not in database.introspection.table_names():
        return None
    with database.cursor() as cursor:
        cursor.execute(f"select state, place, made_at from {TABLE}")
        found = cursor.fetchone()
    return Mark(*found) if found else None


def put(state: str, place: str, now: datetime) -> None:
    """Set the mark, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"create table if not exists {TABLE} (state text not null, place text not null, made_at text not null)"
        )
        cursor.execute(f"delete from {TABLE}")
        cursor.execute(
            f"insert into {TABLE} (state, place, made_at) values (%s, %s, %s)",
            [state, place, now.isoformat(timespec="seconds")],
        )


def remove(*, of: BaseDatabaseWrapper | None = None) -> None:
    with (of or connection).cursor() as cursor:
        cursor.execute(f"drop table if exists {TABLE}")


def seal(tables: list[Table], place: str, now: datetime) -> None:
    """From this commit on nothing can be written here; what was committed before can still be read."""
    with transaction.atomic():
        put(SEALED, place, now)
        with connection.cursor() as cursor:
            for statement in _closing(tables, connection.vendor):
                cursor.execute(statement)


def unseal(tables: list[Table]) -> None:
    """The move was given up: the database is written again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _opening(tables, connection.vendor):
            cursor.execute(statement)
        remove()


def _trigger(table: Table, deed: str) -> str:
    return quoted(f"moving_{table.name}_{deed}")


def _closing(tables: list[Table], vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        for table in tables:
            for deed in ("insert", "update", "delete"):
                yield (
                    f"create trigger if not exists {_trigger(table, deed)} before {deed} on {quoted(table.name)} "
                    f"begin select raise(abort, '{MOVING}'); end"
                )
        return
    yield (
        "create or replace function companionway_moving_refuses() returns trigger language plpgsql as "
        f"$$ begin raise exception '{MOVING}' using errcode = 'check_violation'; end $$"
    )
    # One order for everybody: writers that hold a table are waited for.
    for table in tables:
        yield (
            f"create or replace trigger {_trigger(table, 'write')} before insert or update or delete "
            f"on {quoted(table.name)} for each statement execute function companionway_moving_refuses()"
        )


def _opening(tables: list[Table], vendor: str) -> Iterator[str]:
    for table in tables:
        if vendor == "sqlite":
            for deed in ("insert", "update", "delete"):
                yield f"drop trigger if exists {_trigger(table, deed)}"
        else:
            yield f"drop trigger if exists {_trigger(table, 'write')} on {quoted(table.name)}"
