"""Mina and Theo write on a page; Ines is Theo's practice supervisor, Otis is hers, Cora coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.test import Client

from companionway.foundation import events
from companionway.people import roles
from companionway.people.models import Person
from companionway.reading import services
from companionway.reading.models import PageReading
from companionway.supervision import services as supervision
from companionway.supervision.models import Supervision
from companionway.support import services as support
from companionway.support.models import Relationship, SharedNote
from tests.cast import NOW, Cast, enters, give, make_cast, make_person

OURS, HIS = "What the evenings are like for me.", "I told her what I would do in her place."


@dataclass(frozen=True)
class Page:
    cast: Cast
    ines: Person
    otis: Person
    pair: Supervision
    walk: Relationship
    note: SharedNote


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def page(cast: Cast) -> Page:
    return make_page(cast)


def make_page(cast: Cast) -> Page:
    ines, otis = make_person("Ines"), make_person("Otis")
    for each in (ines, otis):
        give(each, roles.SUPERVISOR, cast.programme)
    pair = supervision.arrange(
        actor=cast.theo, programme=cast.programme, supporter=cast.theo, supervisor=ines, now=NOW
    )
    supervision.arrange(actor=ines, programme=cast.programme, supporter=ines, supervisor=otis, now=NOW)
    walk = support.begin(
        actor=cast.mina, programme=cast.programme, member=cast.mina, supporter=cast.theo, reasons=[], now=NOW
    )
    note = support.write_note(actor=cast.mina, relationship=walk, words=OURS, now=NOW)
    support.write_note(actor=cast.theo, relationship=walk, words=HIS, note=note, now=NOW)
    return Page(cast, ines, otis, pair, walk, note)


def asked(page: Page) -> PageReading:
    return services.ask_for_reading(actor=page.cast.theo, note=page.note, now=NOW)


def agreed(page: Page) -> PageReading:
    """Both said yes: it waits to be read."""
    reading = asked(page)
    return services.say_yes(actor=page.cast.mina, reading=reading, version=reading.version, now=NOW)


def opened(page: Page) -> PageReading:
    reading = agreed(page)
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    return reading


def answer(page: Page, reading: PageReading, words: str = "", *, change: bool = False, **also: Any) -> Any:
    return services.answer_page(
        actor=page.ines,
        reading=reading,
        version=also.get("version", reading.version),
        words=words,
        asks_for_change=change,
        now=also.get("now", NOW),
    )


def signed(page: Page) -> PageReading:
    reading = opened(page)
    answer(page, reading, "You ask before you tell. Good.")
    return anew(reading)


def anew(reading: PageReading) -> PageReading:
    return PageReading.objects.select_related("note__relationship", "supervision").get(pk=reading.pk)


def write(page: Page, who: Person, words: str) -> None:
    """A new version of one's own words on the page; the news of it is delivered."""
    support.write_note(actor=who, relationship=page.walk, words=words, note=page.note, now=NOW)
    tell()


def tell() -> None:
    while events.deliver():
        pass


@pytest.fixture
def come_in(client: Client) -> Callable[[Person], Client]:
    """This browser, signed in as somebody, with the second proof shown."""

    return partial(enters, client)
