"""The closing line of `make test` tells the truth, and a skipped test is not a passed one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.totals import totals
from tests.house.files import ROOT

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def close(folder: Path, *counts: tuple[int, int, int, int]) -> subprocess.CompletedProcess[str]:
    for number, each in enumerate(counts):
        (folder / f"{number}.xml").write_text(REPORT.format(*each))
    reports = [str(path) for path in sorted(folder.glob("*.xml"))]
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "totals.py", *reports],
        capture_output=True,
        text=True,
        check=False,
    )


def test_counts_are_added_up(tmp_path: Path) -> None:
    outcome = close(tmp_path, (3, 0, 0, 0), (4, 0, 0, 0))
    assert outcome.stdout == "7 passed, 0 failed, 0 skipped\n"
    assert outcome.returncode == 0


@pytest.mark.parametrize("counts", [(3, 1, 0, 0), (3, 0, 1, 0), (3, 0, 0, 1), (0, 0, 0, 0)])
def test_a_failed_skipped_or_missing_test_fails(counts: tuple[int, int, int, int], tmp_path: Path) -> None:
    assert close(tmp_path, counts).returncode == 1
    assert sum(totals([tmp_path / "0.xml"])) == counts[0]


def test_ci_is_exactly_make_test() -> None:
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert script[0].endswith("bash")
    assert "set -euo pipefail" in script
    assert script[-1] == "make test"


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_shell_scripts_are_short_and_parse(script: Path) -> None:
    assert len(script.read_text().splitlines()) <= 80
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_a_missing_browser_is_named_not_passed_over(tmp_path: Path) -> None:
    """As somebody who may not install packages: one sentence, and no success."""
    (tmp_path / "sudo").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    for program in tmp_path.iterdir():
        program.chmod(0o755)
    outcome = subprocess.run(
        [ROOT / "scripts" / "debian.sh", "tests"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert "please run: sudo apt-get install chromium" in outcome.stderr
