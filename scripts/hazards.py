"""The hazard log and its proof: every test that a control names ran in this run, and passed each time it ran.

`python scripts/hazards.py REPORT.xml ...` reads the JUnit reports of all the pytest runs of `make test`.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from companionway.insight.hazards import WORST_ACCEPTED, Hazard, read

ROOT = Path(__file__).resolve().parents[1]
PASSED, NOT_PASSED = "passed", ("failure", "error", "skipped")


def written_badly(hazards: Iterable[Hazard]) -> list[str]:
    """What the log may not say: a lower risk without a tested control, a high one without saying what is missing."""
    faults, seen = [], set()
    for each in hazards:
        if each.id in seen:
            faults.append(f"{each.id} is there twice")
        seen.add(each.id)
        if not (each.title and each.harm and each.causes):
            faults.append(f"{each.id} says too little")
        if any(not control.tests for control in each.controls):
            faults.append(f"{each.id} has a control without a test")
        if not each.controls and not each.open:
            faults.append(f"{each.id} has neither a control nor a word about what is missing")
        if not each.controls and each.residual != each.initial:
            faults.append(f"{each.id} became smaller without a control")
        if each.residual.level > each.initial.level:
            faults.append(f"{each.id} became larger")
        if each.residual.level > WORST_ACCEPTED and not each.open:
            faults.append(f"{each.id} is not acceptable and does not say what is missing")
    return faults


def not_there(hazards: Iterable[Hazard], root: Path = ROOT) -> list[str]:
    """Tests that no file has."""
    return [
        f"{each.id}: {test} does not exist"
        for each in hazards
        for test in each.tests
        if not _is_there(test, root)
    ]


def _is_there(test: str, root: Path) -> bool:
    path, _, name = test.partition("::")
    if not (root / path).is_file():
        return False
    tree = ast.parse((root / path).read_text())
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)


def outcomes(reports: Iterable[Path]) -> dict[str, set[str]]:
    """Node id without parameters -> how it went, over all its parameters and all the runs it was part of."""
    found: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        for case in ElementTree.parse(report).iter("testcase"):
            test = (
                f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '').partition('[')[0]}"
            )
            found[test].add(next((tag for tag in NOT_PASSED if case.find(tag) is not None), PASSED))
    return dict(found)


def not_proved(hazards: Iterable[Hazard], went: dict[str, set[str]]) -> list[str]:
    """Controls whose test did not run, or did not pass every time."""
    return [
        f"{each.id}: {test}: {', '.join(sorted(went.get(test, {'did not run'})))}"
        for each in hazards
        for test in each.tests
        if went.get(test) != {PASSED}
    ]


if __name__ == "__main__":
    log = read()
    faults = [*written_badly(log), *not_there(log), *not_proved(log, outcomes(map(Path, sys.argv[1:])))]
    named = {test for each in log for test in each.tests}
    print(*faults, f"{len(log)} hazards, {len(named)} tests named, {len(faults)} faults", sep="\n")
    sys.exit(1 if faults or not log else 0)
