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


_nevers: dict[str, Never] = {}


def never(rule: Never) -> Never:
    _nevers[rule.name] = rule
    return rule


def install(sender: AppConfig, using: str = "default", **_: Any) -> None:
    connection = connections[using]
    for rule in _nevers.values():
        if rule.app == sender.label and rule.table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                for statement in _statements(rule, connection.vendor):
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
