"""docs/generated/ says what the code says."""

from __future__ import annotations

import ast
from dataclasses import dataclass, fields
from typing import ClassVar

import pytest

from companionway.foundation.events import Event
from companionway.people import roles
from scripts import draw_docs
from tests.house.files import HOUSE

# Short stable keys from lists of ours, never anybody's words.
# `original` and `day` are dates, written as a calendar writes them.
KEYS = {"subject", "role", "purpose", "original", "day"}
KEYS_OF_ONE_EVENT = {
    "SensitiveRead.reason",
    "WayInChanged.way",
    "Erased.proof",
    "ConversationErased.proof",
    "KeptLongEnough.what",
    "ProgrammeForked.what",
    "ValuesChosen.values_first",
}


@pytest.mark.parametrize("name", draw_docs.PAGES)
def test_a_drawn_page_is_fresh(name: str) -> None:
    drawn = draw_docs.DRAWN / name
    assert drawn.exists(), "make docs"
    assert drawn.read_text() == draw_docs.draw(name), f"{name} is stale: make docs"


def test_every_permission_is_granted_to_somebody_and_described() -> None:
    page = draw_docs.draw("permissions.md")
    assert page.count(" yes ") >= page.count("| `")


def test_a_new_permission_makes_the_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = draw_docs.draw("permissions.md")
    monkeypatch.setitem(roles.PERMISSIONS, "seeded.permission", "Do something new")
    assert draw_docs.draw("permissions.md") != before


def test_a_setting_is_found_with_its_words() -> None:
    lines = ["# Where the", "# harbour is.", 'HARBOUR = env.str("HARBOUR", "north")']
    found = list(draw_docs._read_from_environment(ast.parse("\n".join(lines))))
    assert found == [("HARBOUR", "str", "'north'", 3)]
    assert draw_docs._comment(lines, 3) == "Where the harbour is."


def test_every_setting_says_what_it_does() -> None:
    assert [line for line in draw_docs.draw("settings.md").splitlines() if line.endswith("|  |")] == []


def all_events() -> list[type[Event]]:
    known: list[type[Event]] = []
    for _, module in draw_docs.rooms_with("events"):
        known += [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, Event)
            and kind.__module__.startswith("companionway.")
        ]
    return known


def wordy(kind: type[Event]) -> list[str]:
    """Fields that could carry what somebody wrote."""
    return [
        f"{kind.__qualname__}.{each.name}"
        for each in fields(kind)
        if "str" in str(each.type)
        and each.name not in KEYS
        and f"{kind.__name__}.{each.name}" not in KEYS_OF_ONE_EVENT
        and not each.name.endswith("_key")
    ]


def test_events_carry_ids_never_words() -> None:
    assert [fault for kind in all_events() for fault in wordy(kind)] == []


def test_an_event_with_words_is_seen() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Said(Event):
        name: ClassVar[str] = "seeded.said"
        text: str

    assert wordy(Said) != []


def test_event_names_belong_to_their_room_and_are_used_once() -> None:
    named = [kind for kind in set(all_events()) if isinstance(getattr(kind, "name", None), str)]
    assert all(kind.name.split(".")[0] == kind.__module__.split(".")[1] for kind in named)
    assert len({kind.name for kind in named}) == len(named)


def test_every_room_is_known() -> None:
    assert {room for room, _ in draw_docs.rooms_with("apps")} == {
        path.parent.name for path in HOUSE.glob("*/apps.py")
    }
