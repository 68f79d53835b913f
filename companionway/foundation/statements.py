"""Questions with a fixed text and a list of ids, for paths that ask them thousands of times a minute.

On SQLite the whole answer comes as one JSON value: its driver gives the interpreter away at every row, and a thread
that must win it back from a busy event loop waits longer for that than for the database.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Rows:
    """Columns of whole numbers or text, from where, and a condition that ends in the column the ids are in."""

    columns: str
    tables: str
    where: str

    @cached_property
    def on_sqlite(self) -> str:
        among = "(select value from json_each(%s))"
        return (
            f"select json_group_array(json_array({self.columns})) "  # noqa: S608
            f"from {self.tables} where {self.where} in {among}"
        )

    @cached_property
    def elsewhere(self) -> str:
        return f"select {self.columns} from {self.tables} where {self.where} = any(%s)"  # noqa: S608


def rows_for(asked: Rows, ids: Collection[int]) -> list[Any]:
    """The rows for these ids, in one statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(asked.on_sqlite, [json.dumps(list(ids))])
            found: list[Any] = json.loads(cursor.fetchone()[0])
            return found
        cursor.execute(asked.elsewhere, [list(ids)])
        return list(cursor.fetchall())
