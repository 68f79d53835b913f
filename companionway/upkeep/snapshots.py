"""One moment of the database, held still for reading while others go on writing; and another database for a while."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connections

from companionway.upkeep.lines import Raw

DEFAULT = "default"


@contextlib.contextmanager
def still(alias: str = DEFAULT) -> Iterator[Raw]:
    """A connection of its own that sees one moment only, whatever is written meanwhile."""
    connection = connections[alias]
    params: dict[str, Any] = connection.get_connection_params()
    if connection.vendor == "sqlite":
        # Django would begin with the lock of a writer.
        with contextlib.closing(sqlite3.connect(params["database"], timeout=60, isolation_level=None)) as raw:
            raw.execute("begin")
            # A reader's moment is fixed by its first look.
            raw.execute("select count(*) from sqlite_master").fetchone()
            yield raw
        return
    params.pop("cursor_factory", None), params.pop("context", None)
    with psycopg.connect(**params, autocommit=False) as other:
        other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        other.read_only = True
        other.execute("select 1")
        yield other
        other.rollback()


@contextlib.contextmanager
def pointed_at(place: dict[str, Any]) -> Iterator[None]:
    """For the length of the block this process works with another database: everything that asks the default one."""
    before = connections.settings[DEFAULT]
    _use({**before, **place})
    try:
        yield
    finally:
        _use(before)


def _use(place: dict[str, Any]) -> None:
    connections[DEFAULT].close()
    connections.settings[DEFAULT] = place
    del connections[DEFAULT]
