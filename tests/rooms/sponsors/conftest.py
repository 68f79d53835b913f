"""A twelve-step group that Mina, Theo, Ruth and Ada come to; Theo and Ruth are sponsors in a sponsorship beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest

from companionway.groups import services as groups
from companionway.groups.services import Says
from companionway.meetings import services as meetings
from companionway.meetings.services import SeriesDetails
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.sponsors import services
from companionway.sponsors.models import Ask, Offer, Temporary
from tests.cast import NOW, Cast, give, make_cast, make_person


@dataclass(frozen=True)
class Fellowship:
    cast: Cast
    steps: Programme
    sponsorship: Programme
    group: Any
    ada: Person

    @property
    def mina(self) -> Person:
        return self.cast.mina

    @property
    def theo(self) -> Person:
        return self.cast.theo

    @property
    def ruth(self) -> Person:
        return self.cast.ruth


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def adopt(cast: Cast, key: str, name: str) -> Programme:
    return people.create_programme(
        actor=None, organisation=cast.organisation, name=name, practice_model=key, now=NOW
    )


@pytest.fixture
def fellowship(cast: Cast) -> Fellowship:
    steps = adopt(cast, "twelve_step_groups", "Steps")
    sponsorship = adopt(cast, "twelve_step_sponsorship", "Stones")
    ada = make_person("Ada")
    for each in (cast.mina, cast.theo, cast.ruth, ada):
        give(each, roles.MEMBER, steps)
    for each in (cast.theo, cast.ruth):
        give(each, roles.SUPPORTER, sponsorship)
    give(cast.cora, roles.COORDINATOR, steps)
    give(cast.cora, roles.COORDINATOR, sponsorship)
    return Fellowship(cast, steps, sponsorship, begin(cast, steps), ada)


def begin(cast: Cast, programme: Programme, kind: str = "open") -> Any:
    says = Says(name="Monday lamp", kind=kind)
    group = groups.begin_group(actor=cast.cora, programme=programme, says=says, now=NOW)
    details = SeriesDetails(
        name=group.name,
        zone="Europe/London",
        starts_on=date(2026, 11, 23),
        begins=time(19),
        rule="FREQ=WEEKLY",
    )
    series = meetings.begin_series(actor=cast.cora, programme=programme, details=details, now=NOW)
    groups.meet_by(actor=cast.cora, group=group, series=series, now=NOW)
    return type(group).objects.select_related("programme").get(pk=group.pk)


def offered(fellowship: Fellowship, person: Person) -> Offer:
    return services.offer(actor=person, group=fellowship.group, now=NOW)


def asked(fellowship: Fellowship, asker: Person, sponsor: Person) -> Ask:
    return services.ask(actor=asker, offer=offered(fellowship, sponsor), now=NOW)


def begun(fellowship: Fellowship, asker: Person, sponsor: Person) -> Temporary:
    made = services.answer(actor=sponsor, ask=asked(fellowship, asker, sponsor), says_yes=True, now=NOW)
    assert made is not None
    return made
