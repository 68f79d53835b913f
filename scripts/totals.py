"""Add up the counts of several pytest runs and close with one line; a skipped test counts as a failed promise."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def totals(reports: list[Path]) -> tuple[int, int, int]:
    """Passed, failed and skipped over all the JUnit reports."""
    suites = [suite for report in reports for suite in ElementTree.parse(report).iter("testsuite")]
    ran, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return max(ran - failed - skipped, 0), failed, skipped


if __name__ == "__main__":
    passed, failed, skipped = totals([Path(name) for name in sys.argv[1:]])
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or skipped or not passed else 0)
