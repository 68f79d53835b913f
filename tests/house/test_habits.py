"""Habits that would slip if nobody looked; each guard is shown a fault before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.house import guards
from tests.house.files import HOUSE, ROOT, module_files, ours

Guard = Callable[[Path], list[str]]
ROOMS = sorted(path.parent for path in HOUSE.glob("*/__init__.py"))
TESTS = ours(".py", under=ROOT / "tests")
BESIDE = [*ours(".py", under=ROOT / "bench"), *ours(".py", under=ROOT / "scripts")]
# Where the clock may be read: pages, commands, background work. Nowhere that decides or keeps.
TIMELESS = ("services", "policy", "queries", "models", "states", "events", "forms")
MAY_READ_THE_CLOCK = {"companionway/foundation/events.py"}  # delivery is the worker's own door
# The program starts before Django does, an app registers what it brings when Django is ready, SciPy is slow to load.
LATE_IMPORTS = {"apps.py", "cli.py", "borrowed.py"}
# Drawn thousands of times a minute, so by hand; its own tests feed it markup. Elsewhere `format_html` escapes.
MAY_MARK_SAFE = {"conversations/bubbles.py", "meetings/events_on_pages.py"}
# Offered by a room, but not the deed of one person, with the reason for each.
NOBODYS_DEED = {
    "prepare_message": "tidies and seals before the live lane asks for the commit",
    "send_prepared": "the live lane's half of send_message, on the event loop",
    "first_in_order": "takes the lock of the order until the calling deed commits; it announces nothing",
    "take_place": "holds a place until the calling deed commits; it announces nothing",
    "make_suggestions": "done by the clock for everybody together; it decides nothing",
    **dict.fromkeys(
        ("decide_due", "close_polls", "pass_places_on", "end_pauses", "end_leaving_out")
        + ("leave_where_not_belonging",),
        "done by the clock for every group together",
    ),
    "says_of": "what is said of a group now, to be said otherwise in part",
    "pause_in_space": "a part of the deed of the room above, which says who pauses whom",
    "close_between": "what follows from two people being kept apart, whoever asked for it",
}


def faults(guard: Guard, paths: Iterable[Path]) -> list[str]:
    return [fault for path in paths for fault in guard(path)]


def test_a_file_fits_on_a_few_screens() -> None:
    assert faults(guards.too_long, [*ours(*guards.BUDGET), *TESTS, *BESIDE]) == []


def test_a_function_fits_on_one_screen() -> None:
    assert faults(guards.long_functions, [*ours(".py"), *TESTS, *BESIDE]) == []


def test_imports_stand_at_the_top() -> None:
    assert (
        faults(guards.hidden_imports, [path for path in ours(".py") if path.name not in LATE_IMPORTS]) == []
    )


def test_services_are_deeds_of_somebody_at_some_time() -> None:
    found = faults(guards.service_faults, module_files("services"))
    assert [fault for fault in found if fault.split(" ")[1] not in NOBODYS_DEED] == []


def test_views_are_short_functions() -> None:
    assert faults(guards.view_faults, module_files("views")) == []


def test_only_doors_read_the_clock() -> None:
    timeless = [path for name in TIMELESS for path in module_files(name)] + ours(
        ".py", under=HOUSE / "reasoning"
    )
    kept = [path for path in timeless if str(path.relative_to(ROOT)) not in MAY_READ_THE_CLOCK]
    assert faults(guards.clock_readings, kept) == []


def test_news_travels_as_events_not_as_model_signals() -> None:
    assert faults(guards.model_signals, ours(".py")) == []


def test_markup_is_escaped() -> None:
    kept = [path for path in ours(".py") if str(path.relative_to(HOUSE)) not in MAY_MARK_SAFE]
    assert faults(guards.unsafe_marks, kept) == []


def test_names_say_what_a_module_is_for() -> None:
    assert faults(guards.vague_name, ours(".py")) == []


def test_every_room_has_a_card() -> None:
    assert faults(guards.without_card, [room / "__init__.py" for room in ROOMS]) == []


SERVICE = """
@transaction.atomic
def {name}({arguments}) -> None:
    {docstring}
"""
SEEDED = {
    "a long file": (guards.too_long, "x = 1\n" * 301),
    "a long function": (guards.long_functions, "def f():\n" + "    x = 1\n" * 60),
    "a long view": (guards.view_faults, "def page(request):\n" + "    x = 1\n" * 30),
    "a class as a view": (guards.view_faults, "class PageView:\n    pass\n"),
    "a hidden import": (guards.hidden_imports, "def f():\n    import os\n"),
    "a positional service": (
        guards.service_faults,
        SERVICE.format(name="say_yes", arguments="actor, *, now", docstring='"""Yes."""'),
    ),
    "a service without actor": (
        guards.service_faults,
        SERVICE.format(name="say_yes", arguments="*, pair, now", docstring='"""Yes."""'),
    ),
    "a service without time": (
        guards.service_faults,
        SERVICE.format(name="say_yes", arguments="*, actor, pair", docstring='"""Yes."""'),
    ),
    "a service that says nothing": (
        guards.service_faults,
        SERVICE.format(name="say_yes", arguments="*, actor, now", docstring="pass"),
    ),
    "a service in no transaction": (guards.service_faults, 'def say_yes(*, actor, now):\n    """Yes."""\n'),
    "a clock without a time": (guards.clock_readings, "x = timezone.localdate()\n"),
    "a clock": (guards.clock_readings, "x = timezone.now()\n"),
    "another clock": (guards.clock_readings, "x = datetime.datetime.now(UTC)\n"),
    "a model signal": (guards.model_signals, "from django.db.models.signals import post_save\n"),
    "unescaped markup": (guards.unsafe_marks, "x = mark_safe(words)\n"),
    "a room without a card": (guards.without_card, "x = 1\n"),
}


@pytest.mark.parametrize("name", SEEDED)
def test_each_guard_sees_its_fault(name: str, tmp_path: Path) -> None:
    guard, sample = SEEDED[name]
    path = tmp_path / "services.py"
    path.write_text(sample)
    assert guard(path) != []


def test_a_good_service_is_left_in_peace(tmp_path: Path) -> None:
    path = tmp_path / "services.py"
    path.write_text(
        SERVICE.format(name="say_yes", arguments="*, actor, pair, now", docstring='"""Say yes."""')
    )
    assert guards.service_faults(path) == []


def test_a_service_kept_in_a_private_part_is_seen_when_it_is_offered(tmp_path: Path) -> None:
    part = tmp_path / "services" / "_asking.py"
    part.parent.mkdir()
    part.write_text("def say_yes(pair): ...\n\ndef tidy(words): ...\n")
    (part.parent / "__init__.py").write_text("from services._asking import say_yes\n")
    seen = guards.service_faults(part)
    assert seen
    assert not any("tidy" in fault for fault in seen)


@pytest.mark.parametrize("name", ["utils.py", "helpers/dates.py", "common.py"])
def test_a_vague_name_is_seen(name: str, tmp_path: Path) -> None:
    assert guards.vague_name(tmp_path / name) != []
