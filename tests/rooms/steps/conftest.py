"""Mina has a ladder, tries and contacts outside; Theo walks with her; Ruth holds a meeting; Cora coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client

from companionway.foundation import events
from companionway.meetings.models import Holds, Meeting, Series
from companionway.people import practice_models
from companionway.people.models import Person, Programme
from companionway.steps import queries, services
from companionway.steps.book import Contact, Try
from companionway.steps.models import Company
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast, enters, make_cast

STEP, DID, NOTICED = "Look through the window first", "I stood at the corner", "The lamp was on"
MET, WORDS, CALLED = "The woman with the two dogs", "Be near the door at 6:20", "the one in green"
PLACE = "By the old pump"
SECRET = (STEP, DID, NOTICED, MET, WORDS, CALLED, PLACE)
AT, LASTS = NOW + timedelta(days=2), timedelta(hours=2)


@dataclass(frozen=True)
class Ladder:
    cast: Cast
    walk: Relationship
    series: Series
    meeting: Meeting
    hold: Holds
    key: str


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def ladder(cast: Cast) -> Ladder:
    return make_ladder(cast)


def make_series(programme: Programme, **also: Any) -> Series:
    given = {
        "name": "Evening together", "zone": "Europe/London", "starts_on": date(2026, 11, 1), "begins": time(18, 30),
        "way": "in_person", "place_name": "Back room", "travel_notes": "Bus 4. Two doors lead out.", "created_at": NOW,
        "changed_at": NOW, **also,
    }  # fmt: skip
    return Series.objects.create(programme=programme, **given)


def make_meeting(series: Series, at: datetime = AT) -> Meeting:
    ends = at + timedelta(minutes=80)
    return Meeting.objects.create(series=series, original=at, starts_at=at, ends_at=ends, way=series.way)


def make_hold(series: Series, person: Person) -> Holds:
    return Holds.objects.create(
        series=series, person=person, role="facilitator", holds_frame=True, since_at=NOW - timedelta(days=9)
    )


def make_ladder(cast: Cast) -> Ladder:
    groups = practice_models.data_of("hearing_voices")["groups"]
    Programme.objects.filter(pk=cast.programme.pk).update(
        model_data={**cast.programme.model_data, "groups": groups}
    )
    cast.programme.refresh_from_db()
    walk = support.begin(
        actor=cast.mina, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    series = make_series(cast.programme)
    meeting, hold = make_meeting(series), make_hold(series, cast.ruth)
    first = services.add_steps(actor=cast.mina, words=["Put shoes on", STEP], place=PLACE, now=NOW)[1]
    tried = Try("trytry01", NOW.date(), "7", DID, "4", NOTICED)
    services.keep_try(actor=cast.mina, key=first.key, said=tried, now=NOW)
    met = Contact("metmet01", NOW.date(), "neighbour", MET, "warm")
    services.keep_contact(actor=cast.mina, said=met, now=NOW)
    return Ladder(cast, walk, series, meeting, hold, first.key)


def ask(ladder: Ladder, **also: Any) -> Company:
    """Mina asks Theo, or whoever holds the meeting when `hold` is given."""
    ground = {} if "hold" in also else {"walk": ladder.walk}
    given: dict[str, Any] = {"starts_at": AT, "lasts": LASTS, "words": WORDS, "called": CALLED, "now": NOW}
    return services.ask_alongside(actor=ladder.cast.mina, key=ladder.key, **{**given, **ground, **also})


def agreed(ladder: Ladder, **also: Any) -> Company:
    row = ask(ladder, **also)
    services.agree(actor=row.companion, company=row, now=NOW)
    row.refresh_from_db()
    return row


def told(ladder: Ladder) -> Company:
    """Agreed, for the meeting, and Mina ticked that its holders may know."""
    return agreed(ladder, meeting=ladder.meeting, tells_holders=True)


def tell() -> None:
    while events.deliver():
        pass


def step_of(ladder: Ladder) -> Any:
    return queries.own_book(ladder.cast.mina).step(ladder.key)


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    """This browser, signed in as somebody, with the second proof shown."""
    return partial(enters, client)
