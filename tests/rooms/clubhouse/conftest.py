"""A small house: Mina, Nils and Olive are members, Cora and Theo are staff. Sam belongs to another house."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from companionway.clubhouse import services
from companionway.clubhouse.models import HouseDecision, HouseMeeting, Task, Unit
from companionway.clubhouse.services import Work
from companionway.foundation import events
from companionway.people import roles
from companionway.people.models import Organisation, Person, Programme
from companionway.people.services import create_programme
from companionway.safety import services as safety
from tests.cast import NOW, Cast, enters, give, make_cast, make_person

TODAY = NOW.date()
# NOW is a Saturday.
MONDAY = date(2026, 11, 23)
HOURS = timedelta(hours=1)
ComeIn = Callable[[Person], Client]
Asks = Callable[[Client, str], int]


@dataclass(frozen=True)
class Home:
    cast: Cast
    programme: Programme
    elsewhere: Programme
    mina: Person  # member
    nils: Person  # member
    olive: Person  # member
    cora: Person  # staff
    theo: Person  # staff
    sam: Person  # member of the other house
    kitchen: Unit


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_house(
    organisation: Organisation, name: str, practice_model: str = "clubhouse", **also: Any
) -> Programme:
    """A programme by the shipped practice model, and what is said otherwise."""
    made: Programme = create_programme(
        actor=None, organisation=organisation, name=name, practice_model=practice_model, now=NOW
    )
    Programme.objects.filter(pk=made.pk).update(**also)
    return Programme.objects.get(pk=made.pk)


@pytest.fixture
def home(cast: Cast) -> Home:
    house, other = make_house(cast.organisation, "Quay House"), make_house(cast.organisation, "Mill House")
    nils, olive = make_person("Nils"), make_person("Olive")
    for person, role in (
        (cast.mina, roles.MEMBER),
        (nils, roles.MEMBER),
        (olive, roles.MEMBER),
        (cast.cora, roles.COORDINATOR),
        (cast.theo, roles.SUPPORTER),
    ):
        give(person, role, house)
    give(cast.sam_the_stranger, roles.MEMBER, other)
    unit = services.begin_unit(actor=cast.mina, programme=house, name="Kitchen", about="Lunch", now=NOW)
    return Home(cast, house, other, cast.mina, nils, olive, cast.cora, cast.theo, cast.sam_the_stranger, unit)


def task(home: Home, *, hands: int = 1, title: str = "Peel potatoes", day: date = TODAY) -> Task:
    work = Work(title=title, hands=hands)
    return services.add_task(actor=home.mina, unit=home.kitchen, day=day, work=work, now=NOW)


def meeting(home: Home, on: date = TODAY) -> HouseMeeting:
    made = services.arrange_meeting(actor=home.mina, programme=home.programme, on=on, now=NOW)
    return services.open_meeting(actor=home.nils, meeting=made, now=NOW + (on - TODAY))


def decided(home: Home) -> HouseDecision:
    sits = HouseMeeting.objects.filter(programme=home.programme, state="open").first() or meeting(home)
    return services.write_decision(
        actor=home.olive, meeting=sits, words="Nils goes to the museum next.", how="consensus", now=NOW
    )


def keep_apart(one: Person, other: Person) -> None:
    safety.block_person(actor=one, person=other, now=NOW)


def tell() -> None:
    while events.deliver():
        pass


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    """This browser, signed in as somebody, with the second proof shown."""
    return partial(enters, client)


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The doors read the clock: it stands at NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def refused(says: str, deed: Any) -> None:
    """The database itself says no."""
    with pytest.raises((DatabaseError, IntegrityError), match=re.escape(says)), transaction.atomic():
        deed()


@pytest.fixture
def asks() -> Asks:
    """How many questions a page asks the database, when it is opened a second time."""

    def count(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            text(client.get(address))
        return len(seen)

    return count
