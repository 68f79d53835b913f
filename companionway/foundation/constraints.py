"""Rules that the database itself keeps: rows that must never exist are refused by a trigger on SQLite and PostgreSQL.

A room registers `Never(...)` in its models module; triggers are (re)installed after every migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections

# What every write is answered with while a database is moved (upkeep puts the triggers in, pages know the words).
MOVING = "this database is being moved"


@dataclass(frozen=True, slots=True)
class Never:
    """Refuse INSERT and UPDATE on `table` when the SQL condition `when` (about NEW) holds."""

    name: str
    table: str
    when: str
    app: str
    says: str
    # The only columns whose change can break the rule; empty: any. What changes often should not be asked each time.
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanging:
    """Refuse every UPDATE on `table`, and every DELETE unless the SQL condition `goes_when` (about OLD) holds.

    For what must stand as it was written: whoever was wrong writes something more. TRUNCATE is not caught.
    """

    name: str
    table: str
    goes_when: str
    app: str
    says: str


_nevers: dict[str, Never] = {}
_unchanging: dict[str, Unchanging] = {}


def never(rule: Never) -> Never:
    _nevers[rule.name] = rule
    return rule


def unchanging(rule: Unchanging) -> Unchanging:
    _unchanging[rule.name] = rule
    return rule


def install(sender: AppConfig, using: str = "default", **_: Any) -> None:
    connection = connections[using]
    there = set(connection.introspection.table_names())
    said = [(rule.app, rule.table, _statements(rule, connection.vendor)) for rule in _nevers.values()]
    said += [(kept.app, kept.table, _guarding(kept, connection.vendor)) for kept in _unchanging.values()]
    with connection.cursor() as cursor:
        for app, table, statements in said:
            if app == sender.label and table in there:
                for statement in statements:
                    cursor.execute(statement)


def holds_what_stands(using: str = "default") -> bool:
    """Whether any table that never changes has a row."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in {rule.table for rule in _unchanging.values()} & there:
            cursor.execute(f"select 1 from {table} limit 1")  # noqa: S608 - our own names of tables
            if cursor.fetchone():
                return True
    return False


def let_go(using: str = "default") -> None:
    """Before a backup is put back over what is here: what never changes may go, until `install` runs again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for rule in _unchanging.values():
            if rule.table in there:
                for statement in _unguarding(rule, connection.vendor):
                    cursor.execute(statement)


def lift(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """Before a migration on SQLite: a table cannot be rebuilt while a trigger of another table names it."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for rule in _nevers.values():
                if rule.app == sender.label:
                    for deed in ("insert", "update"):
                        cursor.execute(f"drop trigger if exists {rule.name}_{deed}")
            for kept in _unchanging.values():
                if kept.app == sender.label:
                    for statement in _unguarding(kept, connection.vendor):
                        cursor.execute(statement)


def _statements(rule: Never, vendor: str) -> list[str]:
    message = rule.says.replace("'", "''")
    changed = f" of {', '.join(rule.columns)}" if rule.columns else ""
    if vendor == "sqlite":
        return [
            part
            for deed, which in (("insert", ""), ("update", changed))
            for part in (
                f"drop trigger if exists {rule.name}_{deed}",
                f"create trigger {rule.name}_{deed} before {deed}{which} on {rule.table} when {rule.when} "
                f"begin select raise(abort, '{message}'); end",
            )
        ]
    return [
        f"create or replace function {rule.name}() returns trigger language plpgsql as $$ begin "
        f"if {rule.when} then raise exception '{message}' using errcode = 'check_violation'; end if; "
        f"return new; end $$",
        f"drop trigger if exists {rule.name} on {rule.table}",
        f"create trigger {rule.name} before insert or update{changed} on {rule.table} "
        f"for each row execute function {rule.name}()",
    ]


def _unguarding(rule: Unchanging, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"drop trigger if exists {rule.name}_{deed}" for deed in ("update", "delete")]
    return [f"drop trigger if exists {rule.name} on {rule.table}"]


def _guarding(rule: Unchanging, vendor: str) -> list[str]:
    message = rule.says.replace("'", "''")
    if vendor == "sqlite":
        refused = f"begin select raise(abort, '{message}'); end"
        return [
            *_unguarding(rule, vendor),
            f"create trigger {rule.name}_update before update on {rule.table} {refused}",
            f"create trigger {rule.name}_delete before delete on {rule.table} "
            f"when not ({rule.goes_when}) {refused}",
        ]
    return [
        f"create or replace function {rule.name}() returns trigger language plpgsql as $$ begin "
        f"if tg_op = 'DELETE' and {rule.goes_when} then return old; end if; "
        f"raise exception '{message}' using errcode = 'check_violation'; end $$",
        *_unguarding(rule, vendor),
        f"create trigger {rule.name} before update or delete on {rule.table} "
        f"for each row execute function {rule.name}()",
    ]
