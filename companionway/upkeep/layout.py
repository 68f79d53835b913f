"""Which tables and columns the database has at the migrations that were applied to it, not at those of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

# What a line of text says of a value; each is written and read the same way for both databases.
INT, TEXT, BOOL, BYTES, MOMENT, DAY, HOUR, JSON, REAL = (
    "int", "text", "bool", "bytes", "moment", "day", "hour", "json", "real",
)  # fmt: skip
KINDS: Final = {
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"), INT),
    **dict.fromkeys(("SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"), INT),
    "PositiveSmallIntegerField": INT,
    **dict.fromkeys(("CharField", "TextField", "SlugField"), TEXT),
    "BooleanField": BOOL,
    "BinaryField": BYTES,
    "DateTimeField": MOMENT,
    "DateField": DAY,
    "TimeField": HOUR,
    "JSONField": JSON,
    "FloatField": REAL,
}
# Wrapped keys never enter a backup: foundation keeps one copy of them apart.
KEYS_TABLE: Final = "foundation_datakey"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; the first column is its primary key, by which rows are ordered."""

    name: str
    columns: tuple[tuple[str, str], ...]
    # Whether the database itself numbers new rows.
    numbered: bool

    @property
    def key(self) -> str:
        return self.columns[0][0]

    @property
    def key_is_text(self) -> bool:
        return self.columns[0][1] != INT

    def as_facts(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "columns": [list(each) for each in self.columns],
            "numbered": self.numbered,
        }

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Table:
        columns = tuple((str(name), str(kind)) for name, kind in facts["columns"])
        return cls(str(facts["name"]), columns, bool(facts["numbered"]))


def tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """Every table as the applied migrations made it, by name."""
    loader = MigrationExecutor(connection).loader
    nodes = tuple(sorted(each for each in loader.applied_migrations if each in loader.graph.nodes))
    if nodes not in _known:
        _known[nodes] = _made_by(loader, nodes)
    return list(_known[nodes])


# Building the models of so many migrations takes a second or more.
_known: dict[tuple[tuple[str, str], ...], list[Table]] = {}


def _made_by(loader: MigrationLoader, nodes: tuple[tuple[str, str], ...]) -> list[Table]:
    state = loader.project_state(list(nodes))
    found = [
        _table(model)
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda each: each.name)


def applied(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    return sorted(MigrationExecutor(connection).loader.applied_migrations)


def known() -> set[tuple[str, str]]:
    """Every migration this program has."""
    return set(MigrationExecutor(None).loader.disk_migrations)


def _table(model: type[models.Model]) -> Table:
    fields = model._meta.local_concrete_fields
    ordered = sorted(fields, key=lambda field: not field.primary_key)
    columns = tuple((str(field.column), _kind(field)) for field in ordered)
    return Table(model._meta.db_table, columns, isinstance(ordered[0], models.AutoField))


def _kind(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    try:
        return KINDS[field.get_internal_type()]
    except KeyError as fault:
        raise NotImplementedError(f"{field}: say in upkeep.layout how such a column travels") from fault


def is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Whether this program has migrations that were not applied yet."""
    return bool(waiting(connection))


def waiting(connection: BaseDatabaseWrapper) -> list[Migration]:
    executor = MigrationExecutor(connection)
    return [each for each, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
