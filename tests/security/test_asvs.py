"""The list of requirements names only what is there, and hides no gap."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "security" / "asvs.csv"
READ_ME = LIST.with_name("README.md")
ROWS = list(csv.DictReader(LIST.open(encoding="utf-8")))


def faults_of(row: dict[str, str]) -> list[str]:
    """What this row claims and cannot show."""
    proofs = [each for each in row["proof"].split(";") if each]
    if row["applies"] not in {"yes", "no"} or not row["title"] or not row["how"]:
        return ["says too little"]
    if row["applies"] == "no":
        return ["a proof for what does not apply"] if proofs else []
    if not proofs and "gap: " not in row["how"]:
        return ["neither a proof nor a gap"]
    return [f"there is no {each}" for each in proofs if not is_there(each)]


def is_there(proof: str) -> bool:
    path, *names = proof.split("::")
    file = ROOT / path
    if not file.is_file():
        return False
    if not names:
        return path.startswith("docs/")
    inside: list[ast.stmt] = ast.parse(file.read_text(encoding="utf-8")).body
    for name in names:
        found = [
            each
            for each in inside
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and each.name == name
        ]
        if not found:
            return False
        inside = found[0].body
    return names[-1].startswith("test_")


def counts() -> str:
    applies = [row for row in ROWS if row["applies"] == "yes"]
    gaps = [row for row in applies if "gap: " in row["how"]]
    proven = [row for row in applies if "::" in row["proof"] and row not in gaps]
    by_document = [row for row in applies if row not in gaps and row not in proven]
    partly = [row for row in gaps if row["proof"]]
    return (
        f"{len(ROWS)} requirements: {len(ROWS) - len(applies)} do not apply; of {len(applies)} that do, "
        f"{len(proven)} are proven by tests, {len(by_document)} answered by a document, "
        f"{len(partly)} met in part with a gap named, {len(gaps) - len(partly)} a gap without a test."
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_requirement_is_answered_honestly(row: dict[str, str]) -> None:
    assert faults_of(row) == []


def test_all_of_level_one_and_two_are_there() -> None:
    assert len(ROWS) == len({row["id"] for row in ROWS}) == 253
    assert {row["level"] for row in ROWS} == {"1", "2"}


def test_the_readme_says_the_counts() -> None:
    said = re.search(r"<!-- counts -->\n(.*?)\n<!-- /counts -->", READ_ME.read_text(encoding="utf-8"), re.S)
    assert said and " ".join(said[1].split()) == counts()


@pytest.mark.parametrize(
    "wrong",
    [
        {"proof": "tests/security/test_asvs.py::test_that_is_not_there"},
        {"proof": "tests/nowhere.py::test_x"},
        {"proof": "docs/security/nowhere.md"},
        {"proof": "tests/security/test_asvs.py"},
        {"proof": "", "how": "It is fine."},
        {"how": ""},
        {"applies": "perhaps"},
        {"applies": "no"},
    ],
)
def test_a_claim_that_is_not_so_is_seen(wrong: dict[str, str]) -> None:
    good = {
        "id": "V0", "level": "1", "chapter": "x", "title": "x", "applies": "yes", "how": "So.",
        "proof": "tests/security/test_asvs.py::test_a_claim_that_is_not_so_is_seen",
    }  # fmt: skip
    assert faults_of(good) == []
    assert faults_of({**good, **wrong}) != []
