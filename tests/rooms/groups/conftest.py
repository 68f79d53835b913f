"""A charity, a twelve-step and a Hearing Voices programme; Cora arranges, Nia holds, Mina, Theo, Ruth and Ada come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

import pytest

from companionway.groups import services
from companionway.groups.models import Group
from companionway.groups.services._beginning import Says
from companionway.meetings import services as meetings
from companionway.meetings.models import Series
from companionway.meetings.services import SeriesDetails
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from tests.cast import NOW, Cast, give, make_cast, make_person


@dataclass(frozen=True)
class World:
    cast: Cast
    charity: Programme
    steps: Programme
    voices: Programme
    nia: Person
    ada: Person

    @property
    def comers(self) -> list[Person]:
        return [self.cast.mina, self.cast.theo, self.cast.ruth, self.ada]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def world(cast: Cast) -> World:
    made = {
        key: people.create_programme(
            actor=None, organisation=cast.organisation, name=name, practice_model=key, now=NOW
        )
        for key, name in (
            ("charity_groups", "Groups"),
            ("twelve_step_groups", "Steps"),
            ("hearing_voices", "Voices"),
        )
    }
    nia, ada = make_person("Nia"), make_person("Ada")
    for programme in made.values():
        for each in (cast.mina, cast.theo, cast.ruth, nia, ada):
            give(each, roles.MEMBER, programme)
        give(cast.cora, roles.COORDINATOR, programme)
    return World(cast, *made.values(), nia, ada)


def meetings_for(world: World, group: Group, **more: Any) -> Series:
    """On Thursdays from the 26th of November 2026; found by those let in, where the group keeps a list."""
    said = SeriesDetails(
        name=group.name,
        zone="Europe/London",
        starts_on=date(2026, 11, 26),
        begins=time(18, 30),
        rule="FREQ=WEEKLY",
        place_name="The old library",
        sensory_notes="One soft lamp.",
        is_closed=group.has_list,
    )
    return meetings.begin_series(
        actor=world.cast.cora, programme=group.programme, details=replace(said, **more), now=NOW
    )


def begin(world: World, programme: Programme, kind: str, **more: Any) -> Group:
    """A group that meets on Thursdays, held by Nia."""
    says = Says(name=more.pop("name", "Thursday lamp"), kind=kind, **more)
    cora = world.cast.cora
    group = services.begin_group(actor=cora, programme=programme, says=says, now=NOW)
    series = meetings_for(world, group)
    services.meet_by(actor=cora, group=group, series=series, now=NOW)
    role = {"charity_groups": "facilitator", "twelve_step_groups": "chair"}.get(programme.practice_model)
    first = role or next(iter(programme.model_data["groups"]["roles"]))["key"]
    services.take_position(actor=cora, group=group, person=world.nia, role=first, now=NOW)
    return Group.objects.select_related("programme", "space").get(pk=group.pk)


@pytest.fixture
def closed(world: World) -> Group:
    return begin(world, world.charity, "closed", capacity=2)


@pytest.fixture
def drop_in(world: World) -> Group:
    return begin(world, world.charity, "drop_in")


@pytest.fixture
def steps(world: World) -> Group:
    return begin(world, world.steps, "closed", name="Monday lamp")


def with_space(world: World, group: Group) -> Group:
    services.open_space(actor=world.nia, group=group, now=NOW)
    return Group.objects.select_related("programme", "space").get(pk=group.pk)


def come_in(person: Person, group: Group) -> None:
    """Agree at the door and come into the space."""
    number = services.agree_at_the_door(actor=person, group=group, number=1, now=NOW)
    services.enter_space(actor=person, group=group, agreed=number, now=NOW)
