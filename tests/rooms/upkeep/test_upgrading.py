"""An upgrade killed at any statement: run again, the database is whole, its rows are kept, its shape is the same."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from companionway.upkeep import places, upgrading
from companionway.upkeep.snapshots import still
from tests.cast import NOW
from tests.rooms.upkeep.installation import Installation, clean_machine, schema_of

GROWING = {"upkeep": "tests.rooms.upkeep.growing.migrations"}
WHOLE = {"upkeep": "tests.rooms.upkeep.halting.whole"}
HALTING = {"upkeep": "tests.rooms.upkeep.halting.migrations"}


def prepare() -> None:
    upgrading.prepare(NOW, str)


def kill_points(number: int, most: int) -> list[int]:
    """Spread over the whole run, the very last statements included."""
    spread = [1 + step * number // most for step in range(most - 2)]
    return sorted({*spread, number - 1, number})


def people_rows(installation: Installation, settings: Any) -> list[Any]:
    with installation.opened(settings), still() as raw:
        return list(raw.execute("select id, name, sign_in_name, password from people_person order by id"))


def test_killed_anywhere_it_is_whole_after_another_run(
    here: Installation, tmp_path: Path, settings: Any
) -> None:
    before, settings.MIGRATION_MODULES = people_rows(here, settings), GROWING
    with clean_machine(tmp_path / "fresh") as fresh:
        assert fresh.forked(settings, prepare).code == 0
        expected = schema_of(fresh)
    killed = 0
    for kill_at in (2, 40, 80, 110, 140, 170, 200):
        ended = here.forked(settings, prepare, kill_at=kill_at)
        killed += ended.was_killed
        assert people_rows(here, settings) == before
        if not ended.was_killed:
            break
    assert killed >= 4, "hardly ever killed: this proves nothing"
    assert here.forked(settings, prepare).code == 0
    assert schema_of(here) == expected
    assert people_rows(here, settings) == before
    made = [path for path in here.backups if places.BEFORE_UPGRADE.fullmatch(path.name)]
    assert len(made) == 1


def test_a_first_day_killed_anywhere_is_whole_after_another_run(
    there: Installation, tmp_path: Path, settings: Any
) -> None:
    with clean_machine(tmp_path / "fresh") as fresh:
        number = fresh.forked(settings, prepare).statements
        expected = schema_of(fresh)
    for kill_at in kill_points(number, 4):
        assert there.forked(settings, prepare, kill_at=kill_at).was_killed
    assert there.forked(settings, prepare).code == 0
    assert schema_of(there) == expected
    assert there.backups == []


def test_two_steps_without_one_transaction_are_seen(here: Installation, settings: Any) -> None:
    """The seeded fault: a kill between the steps leaves what the next run cannot finish; one transaction does not."""
    second = 'CREATE TABLE "upkeep_second"'
    settings.MIGRATION_MODULES = WHOLE
    assert here.forked(settings, prepare, kill_before=second).was_killed
    settings.MIGRATION_MODULES = HALTING
    assert here.forked(settings, prepare, kill_before=second).was_killed
    assert "already exists" in here.forked(settings, prepare).said


def without_a_way_to_go_on(migrations: list[Migration]) -> list[str]:
    """Migrations that are not one transaction and do not say (`resumes = "..."`) how they go on after a kill."""
    return [str(each) for each in migrations if not each.atomic and not getattr(each, "resumes", "")]


def test_every_migration_is_one_transaction_or_says_how_it_goes_on() -> None:
    assert without_a_way_to_go_on(list(MigrationLoader(None).disk_migrations.values())) == []


def test_one_that_does_not_is_seen() -> None:
    module = importlib.import_module("tests.rooms.upkeep.halting.migrations.0001_two_steps")
    seeded = module.Migration("0001_two_steps", "upkeep")
    assert without_a_way_to_go_on([seeded]) != []
    seeded.resumes = "each step asks whether it was done"
    assert without_a_way_to_go_on([seeded]) == []
