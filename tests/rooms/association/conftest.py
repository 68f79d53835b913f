"""An association: Nia writes its minutes, Theo is chair, Mina, Ruth and Ada are members; Sam belongs elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from companionway.association import services
from companionway.association.models import Minutes
from companionway.groups import services as groups
from companionway.groups.services import Says
from companionway.meetings import services as meetings
from companionway.meetings.services import SeriesDetails
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from tests.cast import NOW, Cast, give, make_cast, make_person

WEEK = timedelta(days=8)
# The meeting is held when the week of the motions is over.
HELD = (NOW + WEEK).date()
AFTER = NOW + WEEK + timedelta(hours=3)
WORDS = "The treasurer thanked whoever bought the lamps."


@dataclass(frozen=True)
class House:
    cast: Cast
    programme: Programme
    group: Any
    nia: Person
    ada: Person

    @property
    def members(self) -> list[Person]:
        return [self.nia, self.cast.theo, self.cast.mina, self.cast.ruth, self.ada]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def house(cast: Cast) -> House:
    return found_house(cast)


def found_house(cast: Cast, practice_model: str = "self_help_association") -> House:
    programme = people.create_programme(
        actor=None, organisation=cast.organisation, name="Lamp", practice_model=practice_model, now=NOW
    )
    nia, ada = make_person("Nia"), make_person("Ada")
    members = [nia, cast.theo, cast.mina, cast.ruth, ada]
    for each in members:
        give(each, roles.MEMBER, programme)
    give(cast.cora, roles.COORDINATOR, programme)
    says = Says(name="Members of the lamp", kind="closed")
    group = groups.begin_group(actor=cast.cora, programme=programme, says=says, now=NOW)
    details = SeriesDetails(
        name=group.name, zone="Europe/London", starts_on=date(2026, 11, 26), begins=time(18, 30),
        rule="FREQ=WEEKLY", place_name="The old library", is_closed=True,
    )  # fmt: skip
    series = meetings.begin_series(actor=cast.cora, programme=programme, details=details, now=NOW)
    groups.meet_by(actor=cast.cora, group=group, series=series, now=NOW)
    for each in members:
        groups.ask_for_place(actor=each, group=group, now=NOW)
    for person, role in ((nia, "secretary"), (cast.theo, "chair")):
        groups.take_position(actor=cast.cora, group=group, person=person, role=role, now=NOW)
    return House(cast, programme, fresh(group), nia, ada)


def fresh(group: Any) -> Any:
    return type(group).objects.select_related("programme__organisation", "space").get(pk=group.pk)


def motion(house: House, words: str, yes: int = 3, no: int = 1, at: datetime = NOW) -> Any:
    """Put to the members, voted on, and decided a week later."""
    row = groups.propose(actor=house.ada, group=house.group, kind="motion", words=words, now=at)
    for place, person in enumerate(house.members[: yes + no]):
        groups.vote(actor=person, proposal=row, voice="yes" if place < yes else "no", now=at)
    groups.decide_due(now=at + WEEK)
    row.refresh_from_db()
    return row


def draft(house: House, held_on: date = HELD, now: datetime = AFTER, **said: Any) -> Minutes:
    made = services.begin_minutes(actor=house.nia, group=house.group, held_on=held_on, now=now)
    said = {"reports": WORDS, "present": 4, **said}
    services.write_minutes(actor=house.nia, minutes=made, said=services.Said(**said), after=1, now=now)
    return made


def sign(house: House, minutes: Minutes, now: datetime = AFTER) -> Minutes:
    version = services.ask_to_sign(actor=house.nia, minutes=minutes, now=now)
    for person in (house.nia, house.cast.theo):
        services.sign_minutes(actor=person, minutes=minutes, edition=version.edition, now=now)
    return minutes


@pytest.fixture
def signed(house: House) -> Minutes:
    motion(house, "We buy three more lamps.")
    return sign(house, draft(house))
