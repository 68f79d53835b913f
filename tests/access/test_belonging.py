"""Every row of every table belongs to one organisation, and nobody is given a row of another one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.db.utils import DatabaseError

from companionway.foundation.constraints import _nevers
from companionway.people.models import Organisation, Person, Programme, RoleHeld
from companionway.safety.models import Block
from tests.access.belonging import OF_THE_INSTALLATION, WAYS
from tests.access.world import Both, World

pytestmark = pytest.mark.django_db
ROOMS = [config.name for config in apps.get_app_configs() if config.name.startswith("companionway.")]


def undeclared(tables: Iterator[type[models.Model]]) -> list[str]:
    return sorted({model._meta.label for model in tables} - {*WAYS, *OF_THE_INSTALLATION})


def test_every_table_says_how_its_rows_reach_an_organisation() -> None:
    assert undeclared(iter(apps.get_models())) == []


def test_a_new_table_is_noticed() -> None:
    class Meta:
        app_label = "nowhere"

    made: Any = type("Parcel", (models.Model,), {"__module__": __name__, "Meta": Meta})
    try:
        assert undeclared(iter([made])) == ["nowhere.Parcel"]
    finally:
        apps.all_models["nowhere"].clear()


@pytest.mark.parametrize("label", WAYS)
def test_every_way_ends_at_an_organisation(label: str) -> None:
    for way in WAYS[label]:
        model: Any = apps.get_model(label)
        for step in filter(None, way.split("__")):
            model = model._meta.get_field(step).related_model
        assert model is Organisation


def test_all_ways_of_a_row_lead_to_the_same_organisation(world: Both) -> None:
    """And the second organisation has rows in most tables, so that this says something."""
    met: set[str] = set()
    for label, ways in WAYS.items():
        paths = [f"{way}__pk" if way else "pk" for way in ways]
        for row in apps.get_model(label).objects.values_list(*paths):
            reached = set(row) - {None}
            assert len(reached) == 1, label
            if reached == {world.elsewhere.organisation.pk}:
                met.add(label)
    assert len(met) >= 20


def listing_rules() -> Iterator[tuple[str, Callable[..., QuerySet[Any]]]]:
    """Every function of every room's policy that answers `actor` with rows."""
    for room in ROOMS:
        try:
            policy = importlib.import_module(f"{room}.policy")
        except ModuleNotFoundError:
            continue
        for name, rule in _functions_of(policy):
            asked = list(inspect.signature(rule).parameters)
            answer = get_type_hints(rule).get("return")
            if asked[:1] == ["actor"] and len(asked) <= 2 and _is_rows(answer) and asked[1:] in ([], ["now"]):
                yield f"{room}.policy.{name}", rule


def _functions_of(policy: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """What is written there; where the policy is a folder, in each of its files."""
    below = pkgutil.iter_modules(getattr(policy, "__path__", ()), f"{policy.__name__}.")
    for module in (policy, *(importlib.import_module(each.name) for each in below)):
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__ and not name.startswith("_"):
                yield name, found


def _is_rows(answer: Any) -> bool:
    origin = getattr(answer, "__origin__", answer)
    return inspect.isclass(origin) and issubclass(origin, QuerySet)


RULES = dict(listing_rules())


# What crosses on purpose, and the way to the people who sit in it: only they are given its rows.
CROSSES = {"supervision.Circle": "people", "supervision.CircleWords": "circle__people"}


def strangers_rows(rule: Callable[..., QuerySet[Any]], world: World) -> list[str]:
    """Rows of another organisation that this rule gives to somebody of this one."""
    found = []
    for actor in sorted(world.actors):
        more = {"now": world.first.began_at} if "now" in inspect.signature(rule).parameters else {}
        rows = rule(world.person(actor), **more)
        if rows.model._meta.label in CROSSES:
            seat = CROSSES[rows.model._meta.label]
            mine = {f"{seat}__person": world.people[actor].pk, f"{seat}__left_at": None}
            found += [f"{actor}: {row}" for row in rows if not type(row).objects.filter(pk=row.pk, **mine)]
            continue
        own = {
            f"{way}__pk" if way else "pk": world.organisation.pk for way in WAYS[rows.model._meta.label][:1]
        }
        found += [f"{actor}: {row}" for row in rows.exclude(**own)]
    return found


@pytest.mark.parametrize("name", RULES)
def test_a_rule_gives_nobody_rows_of_another_organisation(name: str, world: Both) -> None:
    for each in world.each:
        assert strangers_rows(RULES[name], each) == []


def test_the_rules_are_found_and_give_rows(world: Both) -> None:
    assert len(RULES) >= 20
    # A policy that became a folder is looked through like one file.
    assert {
        "companionway.groups.policy.visible_to",
        "companionway.clubhouse.policy.units_visible_to",
    } <= RULES.keys()
    gives = [
        name
        for name, rule in RULES.items()
        if "now" not in inspect.signature(rule).parameters
        and any(rule(world.elsewhere.person(actor)).exists() for actor in world.elsewhere.actors)
    ]
    assert len(gives) >= 15


def test_a_role_in_the_whole_organisation_ends_at_its_wall(world: Both) -> None:
    for home, other in (world.each, world.each[::-1]):
        for who in home.parts.administrators:
            person, theirs = home.person(who), other.first.programme
            assert person.holds("people.administer") and person.holds(
                "people.administer", home.first.programme
            )
            assert not person.holds("people.administer", theirs)
            assert not person.holds("people.administer", theirs.pk)
            assert theirs.pk not in person.programmes_with("people.administer")


def refused(deed: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            deed()
    except (IntegrityError, DatabaseError) as fault:
        return "organisation" in str(fault)
    return False


def test_the_database_refuses_a_row_that_ties_two_organisations(world: Both) -> None:
    here, there = world.each
    theirs = there.person(there.parts.member)
    mine = here.person(here.parts.member)

    def moved(model: type[models.Model], pk: int, **change: Any) -> Callable[[], object]:
        return lambda: model.objects.filter(pk=pk).update(**change)  # type: ignore[attr-defined]

    now = here.first.began_at
    tied: list[Callable[[], object]] = [
        lambda: RoleHeld.objects.create(
            person=theirs, role="member", programme=here.first.programme, since_at=now
        ),
        lambda: Block.objects.create(blocker=mine, blocked=theirs, blocked_at=now),
        moved(Person, theirs.pk, organisation=here.organisation),
        moved(Programme, there.first.programme_id, organisation=here.organisation),
        moved(type(here.first), here.first.pk, supporter=theirs),
        moved(type(here.first), here.first.pk, conversation_id=there.first.conversation_id),
        moved(type(here.request), here.request.pk, member=theirs),
        moved(type(here.introduction), here.introduction.pk, supporter=theirs),
        moved(type(here.cover), here.cover.pk, person=theirs),
        moved(type(here.report), here.report.pk, about=theirs),
        moved(type(here.wish), here.wish.pk, person=theirs),
        moved(type(here.note), here.note.pk, begun_by=theirs),
        moved(type(here.help_line), here.help_line.pk, organisation=there.organisation),
        lambda: here.talk_of(here.first).participants.create(person=theirs, joined_at=now),  # type: ignore[attr-defined]
    ]
    assert [number for number, deed in enumerate(tied) if not refused(deed)] == []


def test_every_wall_is_built() -> None:
    walls = [rule for rule in _nevers.values() if rule.name.endswith(("_one_organisation", "_stays"))]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select name from sqlite_master where type = 'trigger'")
            built = {name.removesuffix("_insert") for (name,) in cursor.fetchall()}
        else:
            cursor.execute("select tgname from pg_trigger")
            built = {name for (name,) in cursor.fetchall()}
    assert len(walls) >= 20
    assert {rule.name for rule in walls} <= built
