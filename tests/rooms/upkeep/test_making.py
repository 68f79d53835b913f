"""Tables made at once are the tables that all migrations make one after the other, at this version and at an older."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunSQL

from companionway.upkeep import layout, making, upgrading
from tests.rooms.upkeep.installation import Installation, clean_machine, everything, schema_of

Plan = list[tuple[Migration, bool]]
# When something was made and at which secret number: no two installations have these alike.
OF_ITS_OWN = {"foundation_dutyrun"}


def plan() -> Plan:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def walk(steps: Plan) -> None:
    with upgrading.one_transaction():
        MigrationExecutor(connection).migrate(None, plan=steps)


def shape(installation: Installation) -> list[str]:
    """The tables as they are. In which order their columns came, and whether names are quoted, is left out."""
    return sorted(_sorted_inside(line.replace('"', "")) for line in schema_of(installation))


def _sorted_inside(line: str) -> str:
    if not line.startswith("CREATE TABLE"):
        return line
    head, _, inside = line.partition(" (")
    return f"{head} {sorted(re.split(r', (?![^(]*[)])', inside[:-1]))}"


def rows() -> dict[str, list[bytes]]:
    return {name: sorted(found) for name, found in everything().items() if name not in OF_ITS_OWN}


def test_both_ways_come_to_the_same(tmp_path: Path, unblocked: None, settings: Any) -> None:
    with clean_machine(tmp_path / "walked") as walked, clean_machine(tmp_path / "older") as older:
        with walked.opened(settings):
            whole = plan()
            half = whole[: len(whole) // 2]
            assert len(half) > 10
            walk(half)
            half_walked, half_applied = shape(walked), layout.applied(connection)
            walk(plan())
            call_command("migrate", verbosity=0)
            walked_shape, walked_rows = shape(walked), rows()
            walked_applied = layout.applied(connection)
        with older.opened(settings):
            with upgrading.one_transaction():
                making.from_nothing({(step.app_label, step.name) for step, _ in half})
            assert layout.applied(connection) == half_applied
            assert shape(older) == half_walked
    with clean_machine(tmp_path / "made") as made, made.opened(settings):
        call_command("migrate", verbosity=0)
        assert layout.applied(connection) == walked_applied
        assert shape(made) == walked_shape
        assert rows() == walked_rows


def test_sql_of_a_migration_is_not_left_out_in_silence(
    there: Installation, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with there.opened(settings):
        step = plan()[-1][0]
        monkeypatch.setattr(type(step), "operations", [*step.operations, RunSQL("select 1")])
        with pytest.raises(NotImplementedError, match="say in upkeep.making"), upgrading.one_transaction():
            making.from_nothing()
