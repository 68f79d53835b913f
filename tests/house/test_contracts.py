"""The floors: the import contracts of pyproject.toml hold, and a broken one is seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.files import HOUSE, ROOT

PROGRAM = str(Path(sys.executable).parent / "lint-imports")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = [name.strip() for floor in CONTRACTS[0]["layers"] for name in floor.split("|")]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_contracts_hold() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout


def test_every_room_stands_on_a_floor() -> None:
    assert {path.parent.name for path in HOUSE.glob("*/__init__.py")} == set(FLOORS)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("foundation/events.py", "from companionway.people import models"),
        ("people/services.py", "from companionway.support import events"),
        ("home/views.py", "from companionway.insight import queries"),
        ("reasoning/matching.py", "import django.db"),
        ("support/models.py", "from companionway.support import services"),
        ("support/policy.py", "from companionway.support import services"),
        ("cellar/__init__.py", ""),
    ],
)
def test_a_broken_contract_is_seen(module: str, line: str, tmp_path: Path) -> None:
    for room in FLOORS:
        for name in ("__init__", "models", "events", "policy", "queries", "services", "views", "matching"):
            path = tmp_path / "companionway" / room / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    (tmp_path / "companionway" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint(tmp_path).returncode == 0
    (tmp_path / "companionway" / module).parent.mkdir(exist_ok=True)
    (tmp_path / "companionway" / module).write_text(line + "\n")
    assert lint(tmp_path).returncode == 1
