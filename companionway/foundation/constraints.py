"""Rules that the database itself keeps: rows that must never exist are refused by a trigger on SQLite and PostgreSQL.

A room registers `Never(...)` in its models module; triggers are (re)installed after every migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections


@dataclass(frozen=True, slots=True)
class Never:
    """Refuse INSERT and UPDATE on `table` when the SQL condition `when` (about NEW) holds."""

    name: str
    table: str
    when: str
    app: str
    says: str


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


def _statements(rule: Never, vendor: str) -> list[str]:
    message = rule.says.replace("'", "''")
    if vendor == "sqlite":
        return [
            part
            for deed in ("insert", "update")
            for part in (
                f"drop trigger if exists {rule.name}_{deed}",
                f"create trigger {rule.name}_{deed} before {deed} on {rule.table} when {rule.when} "
                f"begin select raise(abort, '{message}'); end",
            )
        ]
    return [
        f"create or replace function {rule.name}() returns trigger language plpgsql as $$ begin "
        f"if {rule.when} then raise exception '{message}' using errcode = 'check_violation'; end if; "
        f"return new; end $$",
        f"drop trigger if exists {rule.name} on {rule.table}",
        f"create trigger {rule.name} before insert or update on {rule.table} "
        f"for each row execute function {rule.name}()",
    ]
