"""An upgrade killed at any statement: run again, the database is whole, its rows are kept, its shape is the same."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from companionway.upkeep import places
from tests.rooms.upkeep.installation import Installation, clean_machine, everything, schema_of

HALTING = "tests.rooms.upkeep.halting"
GROWS = {
    "DJANGO_SETTINGS_MODULE": "tests.rooms.upkeep.growing_settings",
    "GROWS": "tests.rooms.upkeep.growing",
}
HALTS = GROWS | {"GROWS": HALTING}


def statements(installation: Installation, **env: str) -> int:
    outcome = installation.run("prepare", **env)
    assert outcome.returncode == 0, outcome.stderr
    return int(outcome.stderr.rsplit(": ", 1)[1])


def kill_points(number: int, most: int) -> list[int]:
    """Spread over the whole run, the very last statements included."""
    spread = [1 + step * number // most for step in range(most - 2)]
    return sorted({*spread, number - 1, number})


def people_rows(installation: Installation, settings: Any) -> list[bytes]:
    with installation.opened(settings):
        return everything()["people_person"]


def test_killed_anywhere_it_is_whole_after_another_run(
    here: Installation, tmp_path: Path, unblocked: None, settings: Any
) -> None:
    before = people_rows(here, settings)
    with clean_machine(tmp_path / "fresh") as fresh:
        statements(fresh)
        number = statements(fresh, **GROWS)
        expected = schema_of(fresh)
    killed = 0
    for kill_at in kill_points(number, 4):
        killed += here.run("prepare", kill_at=kill_at, **GROWS).returncode == -9
        assert people_rows(here, settings) == before
    assert killed >= 2, "hardly ever killed: this proves nothing"
    statements(here, **GROWS)
    assert schema_of(here) == expected
    assert people_rows(here, settings) == before
    made = [path for path in here.backups if places.BEFORE_UPGRADE.fullmatch(path.name)]
    assert 1 <= len(made) <= places.KEPT_BEFORE_UPGRADES


def test_a_first_day_killed_anywhere_is_whole_after_another_run(
    there: Installation, tmp_path: Path, settings: Any
) -> None:
    with clean_machine(tmp_path / "fresh") as fresh:
        number = statements(fresh)
        expected = schema_of(fresh)
    for kill_at in kill_points(number, 3):
        assert there.run("prepare", kill_at=kill_at).returncode in {-9, 0}
    statements(there)
    assert schema_of(there) == expected
    assert there.backups == []


def test_two_steps_without_one_transaction_are_seen(
    here: Installation, settings: Any, tmp_path: Path
) -> None:
    """The seeded fault: somewhere between the steps a kill leaves what the next run cannot finish."""
    with clean_machine(tmp_path / "fresh") as fresh:
        statements(fresh)
        number = statements(fresh, **HALTS)
    broken = []
    for kill_at in range(number - 2, max(number - 40, 0), -3):
        if here.run("prepare", kill_at=kill_at, **HALTS).returncode == -9:
            again = here.run("prepare", **HALTS)
            broken.append(again.returncode != 0 and "already exists" in again.stderr)
            if any(broken):
                break
    assert any(broken)


def without_a_way_to_go_on(migrations: list[Migration]) -> list[str]:
    """Migrations that are not one transaction and do not say (`resumes = "..."`) how they go on after a kill."""
    return [str(each) for each in migrations if not each.atomic and not getattr(each, "resumes", "")]


def test_every_migration_is_one_transaction_or_says_how_it_goes_on() -> None:
    assert without_a_way_to_go_on(list(MigrationLoader(None).disk_migrations.values())) == []


def test_one_that_does_not_is_seen() -> None:
    module = importlib.import_module(f"{HALTING}.migrations.0001_two_steps")
    seeded = module.Migration("0001_two_steps", "halting")
    assert without_a_way_to_go_on([seeded]) != []
    seeded.resumes = "each step asks whether it was done"
    assert without_a_way_to_go_on([seeded]) == []


@pytest.mark.parametrize("number", [3, 40, 900])
def test_kill_points_are_within_the_run(number: int) -> None:
    assert apps.ready
    assert all(1 <= each <= number for each in kill_points(number, 6))
