"""The console program, run as an operator runs it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT

FRESH = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
}


def companionway(*command: str, var: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "companionway.config.cli", *command],
        cwd=ROOT,
        env={**FRESH, "COMPANIONWAY_VAR": str(var), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_help_names_every_command(tmp_path: Path) -> None:
    outcome = companionway("--help", var=tmp_path)
    assert outcome.returncode == 0
    for command in (
        "serve",
        "work",
        "demo",
        "check",
        "set-up",
        "export",
        "import-people",
        "backup",
        "restore",
        "move-database",
        "risk-report",
    ):
        assert command in outcome.stdout


def test_check_says_what_a_new_service_still_needs(tmp_path: Path) -> None:
    outcome = companionway("check", var=tmp_path)
    assert outcome.returncode == 1
    assert "The database is empty" in outcome.stdout
    assert "No mail is sent" in outcome.stdout


def test_check_says_that_the_database_does_not_answer(tmp_path: Path) -> None:
    outcome = companionway("check", var=tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert outcome.returncode == 1
    assert "The database does not answer" in outcome.stdout
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    "setting", [{"DEBUG": "perhaps"}, {"DATABASE_URL": "harbour://x"}, {"EMAIL_PORT": "many"}]
)
def test_a_setting_that_cannot_be_read_is_answered_in_words(setting: dict[str, str], tmp_path: Path) -> None:
    outcome = companionway("check", var=tmp_path, **setting)
    assert outcome.returncode == 1
    assert "The settings cannot be read" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_database_of_an_older_program_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "companionway.sqlite3") as database:
        database.execute(
            "create table django_migrations (id integer primary key, app text, name text, applied text)"
        )
    assert "older than this program" in companionway("check", var=tmp_path).stdout


def test_an_unknown_word_is_refused(tmp_path: Path) -> None:
    outcome = companionway("serve", "--prot", "8000", var=tmp_path)
    assert outcome.returncode == 2
    assert "--prot" in outcome.stderr
