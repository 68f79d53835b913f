"""`companionway risk-report`, run as an operator runs it: for people, for machines, with a bad file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.files import ROOT
from tests.house.test_console import companionway

DEV = ROOT / "tests" / "reasoning" / "data" / "dev.csv"


def test_it_prints_recall_false_alarms_and_categories(tmp_path: Path) -> None:
    outcome = companionway("risk-report", str(DEV), var=tmp_path, DATABASE_URL="not even an address")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.startswith("190 phrases")
    assert "Recall on high:" in outcome.stdout and "False alarms per 1,000" in outcome.stdout
    assert "bereavement" in outcome.stdout


def test_it_prints_json_for_machines(tmp_path: Path) -> None:
    outcome = companionway("risk-report", str(DEV), "--json", var=tmp_path)
    found = json.loads(outcome.stdout)
    assert set(found) == {"n", "recall_high", "families"}
    assert found["n"] == 190 == sum(family["n"] for family in found["families"].values())
    assert found["recall_high"] >= 0.9
    assert set(found["families"]["idiom"]) == {"n", "alarmed"}


@pytest.mark.parametrize(
    "content", [None, b"", b"\xff\xfe", b"text,label\nhello,0\n", b"text,label,source,category\na,9,b,c\n"]
)
def test_a_bad_file_is_answered_in_one_sentence(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "phrases.csv"
    if content is not None:
        path.write_bytes(content)
    outcome = companionway("risk-report", str(path), var=tmp_path)
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr and outcome.stderr.count("\n") == 1
    assert outcome.stderr.rstrip().endswith(".")
