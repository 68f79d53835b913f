"""Questions and deeds with a fixed text, for paths that send them thousands of times a minute.

On PostgreSQL they are bound and prepared by the server (Django writes every value into the text, which the server then
reads and plans anew). Rows go and come as one JSON value: the text stays the same, the drivers do not turn each value
into Python by itself, and SQLite's does not give the interpreter away at every row (a thread that must win it back from
a busy event loop waits longer for that than for the database).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def prepared_cursor() -> Iterator[Any]:
    """A cursor of Django's connection, in its transaction, whose statements PostgreSQL keeps prepared."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    raw: Any = psycopg.Cursor(connection.connection)
    wrapped = connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
    with wrapped as cursor:
        yield cursor


@dataclass(frozen=True)
class Rows:
    """Columns of whole numbers or text, from where, and a condition that ends in the column the ids are in."""

    columns: str
    tables: str
    where: str

    @cached_property
    def on_sqlite(self) -> str:
        among = "(select value from json_each(%s))"
        packed = f"select json_group_array(json_array({self.columns})) from {self.tables}"  # noqa: S608
        return f"{packed} where {self.where} in {among}"

    @cached_property
    def on_postgres(self) -> str:
        packed = f"select coalesce(json_agg(json_build_array({self.columns}))::text, '[]') from {self.tables}"  # noqa: S608
        return f"{packed} where {self.where} = any(%s::bigint[])"


def rows_for(asked: Rows, ids: Collection[int]) -> list[Any]:
    """The rows for these ids, in one statement."""
    among = ",".join(map(str, ids))
    with prepared_cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(asked.on_sqlite, [f"[{among}]"])
        else:
            cursor.execute(asked.on_postgres, [f"{{{among}}}"])
        found: list[Any] = json.loads(cursor.fetchone()[0])
    return found


def _as_given(kind: str) -> str:
    """What is JSON already travels as text, so that it is not packed a second time."""
    return "text" if kind == "jsonb" else kind


def _written(value: Any) -> str:
    return "\\x" + value.hex() if isinstance(value, bytes) else value.isoformat()


@dataclass(frozen=True)
class Table:
    """Where many rows are written at once: its name, and its columns with the types PostgreSQL knows them by."""

    name: str
    columns: dict[str, str]

    @cached_property
    def on_postgres(self) -> str:
        names = ", ".join(self.columns)
        given = ", ".join(f"{name} {_as_given(kind)}" for name, kind in self.columns.items())
        taken = ", ".join(f"{name}::{kind}" for name, kind in self.columns.items())
        return f"insert into {self.name} ({names}) select {taken} from json_to_recordset(%s) as t ({given})"  # noqa: S608

    def as_json(self, rows: Sequence[tuple[Any, ...]]) -> str:
        return json.dumps([dict(zip(self.columns, row, strict=True)) for row in rows], default=_written)

    def elsewhere(self, rows: int) -> str:
        marks = f"({','.join(['%s'] * len(self.columns))})"
        return f"insert into {self.name} ({', '.join(self.columns)}) values {','.join([marks] * rows)}"  # noqa: S608


def write_rows(table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write these rows (values in the order of the columns) in one statement."""
    if not rows:
        return
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(table.on_postgres, [table.as_json(rows)])
        else:
            cursor.execute(table.elsewhere(len(rows)), [value for row in rows for value in row])
