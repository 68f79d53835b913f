"""The first page of somebody signed in stays under 60 kB over the wire; this room's share of it is fixed here."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from companionway.ui.views import SHEETS

UI = Path(__file__).resolve().parents[3] / "companionway/ui"
FONT_BUDGET, REST_BUDGET = 36_000, 16_000


def _packed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=9))


def test_the_first_visit_fits_its_budget() -> None:
    static = UI / "static/ui"
    font = (static / "fonts/atkinson-next-latin.woff2").stat().st_size
    files = [static / f"css/{name}.css" for name in SHEETS]
    files += [
        static / "js/leave.js",
        static / "js/shell.js",
        static / "icons/icons.svg",
        static / "icons/favicon.svg",
    ]
    assert font <= FONT_BUDGET
    assert sum(map(_packed, files)) <= REST_BUDGET


def test_every_sheet_is_linked_and_kept_for_offline() -> None:
    linked = re.findall(r"ui/css/(\w+)\.css", (UI / "templates/ui/parts/styles.html").read_text())
    there = {path.stem for path in (UI / "static/ui/css").glob("*.css")}
    assert tuple(linked) == SHEETS
    # Only pages read easily ask for its sheet.
    assert there == {*SHEETS, "easy"}


def test_style_knows_no_left_or_right() -> None:
    sided = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|(?<![\w-])(?:left|right|width|height):"
    )
    faults = [
        f"{path.name}: {line.strip()}"
        for path in (UI / "static/ui/css").glob("*.css")
        for line in path.read_text().splitlines()
        if sided.search(re.sub(r"\((?:min|max)-(?:width|height):", "(", line))
    ]
    assert faults == []


def test_scripts_neither_evaluate_text_nor_write_markup() -> None:
    risky = re.compile(r"\beval\(|new Function|innerHTML|document\.write|setTimeout\(\s*[\"']")
    assert [path.name for path in (UI / "static/ui/js").glob("*.js") if risky.search(path.read_text())] == []
