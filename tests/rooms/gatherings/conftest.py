"""One evening in each tradition: Theo and Ruth hold it, Mina comes, Nia is new on a quiet seat, Sam is a stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from companionway.gatherings import queries, script, services
from companionway.gatherings.models import Gathering, Seat, Share
from companionway.meetings.models import Holds, Meeting, Series
from companionway.meetings.states import Way
from companionway.people import services as people
from companionway.people.models import Person, Programme
from companionway.people.roles import MEMBER
from tests.cast import NOW, Cast, enters, give, make_cast, make_person

TWELVE, VOICES, CHARITY = "twelve_step_groups", "hearing_voices", "charity_groups"
WORDS, HEAVY = "The heron came back to the canal.", "I do not want to live any more."


@dataclass(frozen=True)
class Evening:
    cast: Cast
    programme: Programme
    series: Series
    meeting: Meeting
    theo: Person
    ruth: Person
    mina: Person
    nia: Person
    sam: Person

    def anew(self) -> Meeting:
        return Meeting.objects.select_related("series__programme").get(pk=self.meeting.pk)

    def open(self, now: Any = NOW) -> Meeting:
        services.open_meeting(actor=self.theo, meeting=self.meeting, now=now)
        return self.anew()

    def sit(self, who: Person, name: str = "", *, quiet: bool = False, new: bool = False) -> str:
        """Take a seat; the ticket."""
        return services.take_seat(
            actor=who, meeting=self.anew(), name=name, is_quiet=quiet, is_new=new, now=NOW
        ).ticket

    def seat(self, who: Person, ticket: str) -> Seat:
        found = queries.seat_of(who, self.anew(), ticket)
        assert found is not None
        return found

    def share(
        self, who: Person, ticket: str, text: str = WORDS, client_id: str = "page-1", **also: Any
    ) -> Share:
        return services.share(
            actor=who, meeting=self.anew(), ticket=ticket, text=text, client_id=client_id, now=NOW, **also
        )

    def to_part(self, kind: str) -> None:
        """On, until a part of this kind runs."""
        written = script.of(self.series)
        assert written is not None
        while written.part(at := Gathering.objects.get(meeting=self.meeting).part).kind != kind:
            services.next_part(actor=self.theo, meeting=self.anew(), after=at, now=NOW)


def make_evening(tradition: str, cast: Cast | None = None, *, way: str = Way.ROOM) -> Evening:
    cast = cast or make_cast()
    programme = people.create_programme(
        actor=None,
        organisation=cast.organisation,
        name=f"Evenings {tradition}",
        practice_model=tradition,
        now=NOW,
    )
    nia = Person.objects.filter(name="Nia").first() or make_person("Nia")
    for each in (cast.theo, cast.ruth, cast.mina, nia):
        give(each, MEMBER, programme)
    series = make_series(programme, way)
    for each in (cast.theo, cast.ruth):
        Holds.objects.create(
            series=series, person=each, role="facilitator", holds_frame=True, since_at=NOW - timedelta(days=9)
        )
    return Evening(
        cast,
        programme,
        series,
        make_meeting(series),
        cast.theo,
        cast.ruth,
        cast.mina,
        nia,
        cast.sam_the_stranger,
    )


def make_series(programme: Programme, way: str = Way.ROOM) -> Series:
    return Series.objects.create(
        programme=programme, name="By the canal", zone="Europe/London", starts_on=NOW.date(), begins=time(10),
        minutes=90, way=way, created_at=NOW, changed_at=NOW,
    )  # fmt: skip


def make_meeting(series: Series, begins: Any = NOW) -> Meeting:
    return Meeting.objects.create(
        series=series,
        original=begins,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=90),
        way=series.way,
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def twelve(cast: Cast) -> Evening:
    return make_evening(TWELVE, cast)


@pytest.fixture
def voices(cast: Cast) -> Evening:
    return make_evening(VOICES, cast)


@pytest.fixture
def charity(cast: Cast) -> Evening:
    return make_evening(CHARITY, cast)


@pytest.fixture
def at_that_time() -> Iterator[None]:
    """The pages read the clock: it stands at the beginning of the evening."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def come_in() -> Callable[[Person], Client]:
    """A browser of their own, signed in."""
    return lambda person: enters(Client(), person)
