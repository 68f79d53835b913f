"""No staff-only and no member-only space: there is no field for it, and no rule either. Source: domain.md 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

import companionway
from companionway.clubhouse import policy, queries, services
from companionway.jointrecords import policy as records
from companionway.people import practice_models
from companionway.placements import policy as placements
from companionway.reachout import policy as reachout
from tests.cast import NOW
from tests.rooms.clubhouse.conftest import TODAY, Home, make_house, meeting, task
from tests.rooms.placements.conftest import place

HOUSE = Path(companionway.__file__).parent
# The rooms of a house.
ROOMS = ("clubhouse", "placements", "jointrecords", "reachout")
# Words by which something could be kept from some who belong, or by which people could be ranked.
CLOSED = re.compile(
    r"staff(?!_asked)|audience|visib|private|is_closed|only|role|level|hidden|secret|access|rank|score|streak|points"
)
# What would be a state of being put out, or a mark for not being there.
OUT = re.compile(r"discharg|dismiss|expel|exclu|absent|missed_day|no_show|attended|late_at|overdue|expires")


def tables() -> Iterator[type[Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models()


def fields() -> list[tuple[str, str]]:
    found = [(model.__name__, field.name) for model in tables() for field in model._meta.get_fields()]
    assert len(found) > 100
    return found


def choices() -> set[str]:
    return {
        str(value)
        for model in tables()
        for field in model._meta.fields
        for value, _label in field.choices or ()
    }


def test_nothing_of_the_house_has_a_field_that_could_close_it() -> None:
    assert [each for each in fields() if CLOSED.search(each[1])] == []


def test_nobody_can_be_put_out_or_marked_as_not_there() -> None:
    assert [each for each in fields() if OUT.search(each[1])] == []
    assert [each for each in choices() if OUT.search(each)] == []


@pytest.mark.parametrize("name", ["staff_notes", "audience", "is_private", "role", "streak"])
def test_the_guard_sees_such_a_field(name: str) -> None:
    assert CLOSED.search(name)


def test_roles_are_asked_in_one_place_and_for_one_promise() -> None:
    """`is_staff` is about what was promised to employers; nothing else of a house looks at a role or a permission."""
    uses = {
        str(path.relative_to(HOUSE))
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        if re.search(
            r"is_staff\(|works_in\(|\.holds\(|programmes_with|STAFF\b|is_staff_member", path.read_text()
        )
    }
    assert uses == {"clubhouse/policy/_house.py", "placements/policy.py", "placements/queries.py"}


def test_everything_of_the_house_is_the_same_for_members_and_staff(home: Home) -> None:
    task(home)
    made = meeting(home)
    place(home)
    services.add_item(actor=home.mina, meeting=made, words="Curtains", now=NOW)
    asked = (
        lambda who: list(policy.units_visible_to(who)),
        lambda who: list(policy.tasks_visible_to(who)),
        lambda who: list(policy.meetings_visible_to(who)),
        lambda who: list(policy.items_visible_to(who)),
        lambda who: list(placements.placements_visible_to(who)),
    )
    for ask in asked:
        member, staff = ask(home.nils), ask(home.cora)
        assert member == staff != []
        assert ask(home.sam) == []
    boards = [
        [each.task for part in queries.board(who, home.programme, TODAY) for each in part.tasks]
        for who in (home.nils, home.cora)
    ]
    assert boards[0] == boards[1] != []


def test_what_is_about_one_person_is_theirs(home: Home) -> None:
    """The exceptions: not spaces, but a person's own days, wishes and records."""
    services.say_here(actor=home.mina, programme=home.programme, now=NOW)
    assert queries.days_here(home.cora, home.programme) == []
    assert not records.records_visible_to(home.cora).exists()
    assert not reachout.wishes_visible_to(home.cora).exists()


def test_a_house_is_where_the_tradition_has_units(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    like = make_house(home.cast.organisation, "Loft", practice_model="self_help_association")
    assert set(policy.houses()) == {home.programme, home.elsewhere}
    assert policy.houses_of(home.mina) == [home.programme], "she belongs to another programme, too"
    assert policy.houses_of(home.cast.adil) == [], "who sets up the organisation does not belong by that"
    own: dict[str, Any] = {
        **practice_models.with_groups(),
        "self_help_association": {"units": {"kitchen": "Kitchen"}},
    }
    monkeypatch.setattr(practice_models, "with_groups", lambda: own)
    assert set(policy.houses()) == {home.programme, home.elsewhere, like}, (
        "a tradition of one's own, like a clubhouse"
    )
