"""The hazard log keeps its promise: controls are tests that exist and passed. Each fault is planted once."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from companionway.insight.hazards import LOG, Control, Hazard, Risk, read
from scripts.hazards import ROOT, not_proved, not_there, outcomes, written_badly

TEST = "tests/house/test_hazards.py::test_a_log_that_is_well_is_left_in_peace"
WELL = Hazard("H01", "A title", "Harm", ("A cause",), (Control("Says", (TEST,)),), Risk(4, 4), Risk(2, 3), "")
SUITE = '<testsuites><testsuite tests="1">{}</testsuite></testsuites>'
CASE = '<testcase classname="{}" name="{}">{}</testcase>'


def test_the_log_is_written_well_and_names_tests_that_exist() -> None:
    log = read()
    assert len(log) >= 20
    assert written_badly(log) == []
    assert not_there(log) == []


def test_nobody_has_signed_it_and_it_says_so() -> None:
    text = LOG.read_text()
    assert 'signed_by = ""' in text
    assert "NO CLINICAL SAFETY OFFICER HAS SIGNED THIS" in text


def test_what_is_not_acceptable_says_what_is_missing() -> None:
    worst = [each for each in read() if not each.is_acceptable]
    assert worst
    assert all(len(each.open) > 40 for each in worst)


def test_make_test_asks_it_at_the_end_of_a_whole_run() -> None:
    script = (ROOT / "scripts" / "test.sh").read_text()
    (line,) = [each for each in script.splitlines() if "scripts/hazards.py" in each]
    assert '"$what" != all' in line
    assert '"$services_dir"/*.xml' in line
    assert "|| failed" in line


def test_a_log_that_is_well_is_left_in_peace() -> None:
    assert written_badly([WELL]) == []
    assert not_there([WELL]) == []
    assert not_proved([WELL], {TEST: {"passed"}}) == []


BAD = {
    "a lower risk without a control": {"controls": (), "open": "Much"},
    "no control and no word about it": {"controls": (), "residual": WELL.initial},
    "a control without a test": {"controls": (Control("Says", ()),)},
    "a high risk that keeps silent": {"residual": Risk(3, 5), "initial": Risk(5, 5)},
    "a risk that grew": {"residual": Risk(5, 5), "open": "Much"},
    "no harm": {"harm": ""},
}


@pytest.mark.parametrize("fault", BAD)
def test_a_log_that_promises_too_much_is_seen(fault: str) -> None:
    assert written_badly([dataclasses.replace(WELL, **BAD[fault])]) != []


def test_the_same_hazard_twice_is_seen() -> None:
    assert written_badly([WELL, WELL]) != []


@pytest.mark.parametrize(
    "test", ["tests/house/test_hazards.py::test_nowhere", "tests/nowhere.py::test_x", "x"]
)
def test_a_test_that_does_not_exist_is_seen(test: str) -> None:
    named = dataclasses.replace(WELL, controls=(Control("Says", (test,)),))
    assert not_there([named]) != []


@pytest.mark.parametrize(
    ("cases", "is_proved"),
    [
        ([("", "[one]"), ("", "[two]")], True),
        ([("", "[one]"), ("<failure/>", "[two]")], False),
        ([("<error/>", "")], False),
        ([("<skipped/>", "")], False),
        ([], False),
    ],
)
def test_only_a_test_that_passed_every_time_proves_a_control(
    cases: list[tuple[str, str]], is_proved: bool, tmp_path: Path
) -> None:
    path, _, name = TEST.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    for number, (inside, parameters) in enumerate(cases):
        (tmp_path / f"{number}.xml").write_text(SUITE.format(CASE.format(module, name + parameters, inside)))
    assert (not_proved([WELL], outcomes(tmp_path.glob("*.xml"))) == []) is is_proved


def test_the_report_of_a_real_run_is_read(tmp_path: Path) -> None:
    """As pytest writes it: one that passes, one that fails, one that is skipped; run by itself, not here."""
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_well(): pass\ndef test_bad(): assert 0\n"
        "@pytest.mark.parametrize('x', [1, 2])\ndef test_half(x): assert x == 1\n"
        "def test_left_out(): pytest.skip('no')\n"
    )
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider",
         "--import-mode=importlib", "--junitxml=report.xml", "test_it.py"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    went = outcomes([tmp_path / "report.xml"])
    assert went["test_it.py::test_well"] == {"passed"}
    assert went["test_it.py::test_bad"] == {"failure"}
    assert went["test_it.py::test_half"] == {"passed", "failure"}
    assert went["test_it.py::test_left_out"] == {"skipped"}


def test_the_program_fails_when_a_control_was_not_proved(tmp_path: Path) -> None:
    (tmp_path / "empty.xml").write_text(SUITE.format(""))
    outcome = subprocess.run(
        [sys.executable, ROOT / "scripts" / "hazards.py", tmp_path / "empty.xml"],
        env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 1
    assert "did not run" in outcome.stdout


def test_the_matrix_is_the_published_one() -> None:
    assert [Risk(1, 5).level, Risk(2, 5).level, Risk(3, 4).level, Risk(4, 4).level, Risk(5, 1).level] == [
        3, 4, 3, 4, 3,
    ]  # fmt: skip
    with pytest.raises(IndexError):
        _ = Risk(6, 1).level
    with pytest.raises(IndexError):
        _ = Risk(0, 1).level
