"""Other rooms come in by the door: services, queries, policy, events. `people` is the shared hall."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph

# `states` is the leaf of names that a service takes as its arguments ("yes", "not now").
DOORS = {"services", "queries", "policy", "events", "states", "urls"}
# The hall's furniture, and the place where upper rooms register what a report may carry.
ALSO_OPEN = {
    "people": {
        "doors",
        "group_rules",
        "http",
        "models",
        "names",
        "practice_models",
        "roles",
        "sessions",
        "topics",
    },
    "safety": {"extracts", "walls"},
    # What kinds of plan there are, as data; whom one may share with, the rooms above know.
    "plans": {"kinds", "circle", "beside"},
    # What upper rooms tell of a supporter's room.
    "practice": {"capacity"},
    # What the room upstairs that has pages read tells of a page, and the walk that both lock.
    "support": {"pages"},
    # What upper rooms lay on the desk of those on call.
    "concerns": {"desk"},
    # The room above leads the meetings that stand here, and moves their state; codes of a format that others read.
    # What rooms above add to a meeting's page, how a date is typed, and which letters are due to whom.
    "meetings": {"beside", "codes", "forms", "letters", "models"},
    # What a room above asks at the door of a meeting.
    "gatherings": {"asking"},
    # Looking at a message before it is stored, the rows written in its transaction (they belong to a message of the
    # room above), what may be typed in answer on the page with the words, and what is asked of the room above.
    "noticing": {"looking", "rows", "models", "forms", "talks"},
    # The rooms of a house share how an address finds it, its fields, and its rows under lock.
    "clubhouse": {"doors", "fields", "moving"},
    # The gate that an upper room puts before somebody's words, and what may be sent.
    "conversations": {"gates", "many", "words"},
    # Places whose words are held until somebody has read them.
    "release": {"spaces"},
}
OPEN = {"foundation", "reasoning", "ui"}
WIRING = {"config"}


def trespasses(graph: ImportGraph, house: str) -> list[str]:
    """Every import from one room into another that does not use a door, or reaches behind one."""
    return sorted(
        f"{importer} -> {module}"
        for module in graph.modules
        if len(parts := module.split(".")) > 2 and parts[1] not in OPEN
        for importer in graph.find_modules_that_directly_import(module)
        if importer.startswith(f"{house}.")
        # What a room contributes downstairs it registers when the program starts.
        and not importer.endswith(".apps")
        and (room := importer.split(".")[1]) not in {parts[1], *WIRING}
        and not _is_door(parts[1], parts[2:])
        and room
    )


def _is_door(room: str, inside: list[str]) -> bool:
    return inside[0] in DOORS | ALSO_OPEN.get(room, set()) and not any(
        part.startswith("_") for part in inside
    )


def test_other_rooms_come_in_by_the_door() -> None:
    assert trespasses(build_graph("companionway", cache_dir=None), "companionway") == []


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    house = tmp_path / "smallhouse"
    for room in ("support", "safety"):
        (house / room / "services").mkdir(parents=True)
        for module in ("__init__", "models", "policy", "services/__init__", "services/_asking"):
            (house / room / f"{module}.py").touch()
    (house / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield house
    for name in [name for name in sys.modules if name.startswith("smallhouse")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("from smallhouse.safety.policy import x", False),
        ("from smallhouse.safety import services", False),
        ("from smallhouse.safety.models import x", True),
        ("from smallhouse.safety.services._asking import x", True),
    ],
)
def test_a_climb_through_the_window_is_seen(small_house: Path, line: str, caught: bool) -> None:
    (small_house / "support" / "models.py").write_text(line + "\n")
    assert bool(trespasses(build_graph("smallhouse", cache_dir=None), "smallhouse")) is caught
