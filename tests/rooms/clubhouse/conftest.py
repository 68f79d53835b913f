"""A small house: Mina, Nils and Olive are members, Cora and Theo are staff. Sam belongs to another house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.test import Client

from companionway.clubhouse import services
from companionway.clubhouse.models import HouseDecision, HouseMeeting, HouseRecord, Placement, Task, Unit
from companionway.clubhouse.services import Job, Work
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


def draft(home: Home, words: str = "I would like to learn to bake.") -> HouseRecord:
    """Mina and Theo said yes; Theo wrote one version."""
    asked = services.ask_for_record(
        actor=home.mina, programme=home.programme, member=home.mina, other=home.theo, kind="goal", now=NOW
    )
    services.agree_to_record(actor=home.theo, record=asked, now=NOW)
    services.write_record(actor=home.theo, record=asked, words=words, after=0, now=NOW)
    return HouseRecord.objects.get(pk=asked.pk)


def signed(home: Home) -> HouseRecord:
    record = draft(home)
    for who in (home.mina, home.theo):
        services.sign_record(actor=who, record=record, version=1, now=NOW)
    return HouseRecord.objects.get(pk=record.pk)


def job(**also: Any) -> Job:
    return Job(**{
        "kind": "transitional", "employer": "Harbour Museum", "place": "Quay 3", "title": "Front desk",
        "hours_a_week": Decimal(16), "wage": Decimal("12.50"), "prevailing_wage": Decimal("12.50"),
        "begins": time(9), "ends": time(13), "weekdays": [0, 1, 2, 3], "longest_days": 180, **also,
    })  # fmt: skip


def place(home: Home, **also: Any) -> Placement:
    return services.begin_placement(actor=home.olive, programme=home.programme, job=job(**also), now=NOW)


def working(home: Home, person: Person | None = None) -> Placement:
    """Nils has the front desk from today on, as the house decided."""
    who, where = person or home.nils, place(home)
    services.say_interest(actor=who, placement=where, now=NOW)
    holding = services.choose_holder(
        actor=home.cora, interest=where.interests.get(person=who), decision=decided(home), now=NOW
    )
    services.begin_work(actor=who, holding=holding, from_on=TODAY, knows_benefits=True, now=NOW)
    return where


def keep_apart(one: Person, other: Person) -> None:
    safety.block_person(actor=one, person=other, now=NOW)


def tell() -> None:
    while events.deliver():
        pass


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    """This browser, signed in as somebody, with the second proof shown."""
    return partial(enters, client)
