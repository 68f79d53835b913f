"""Two tabs in the same moment: a signature and newer words, a yes and a no, two answers. Real threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.reading import services
from companionway.reading.models import PageReading, Remark
from companionway.reading.states import ReadingState
from companionway.support import queries as support_queries
from companionway.support import services as support
from tests.cast import NOW, make_cast
from tests.rooms.reading import conftest as pages
from tests.rooms.reading.conftest import Page

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[], object]
ROUNDS = 3


@pytest.fixture
def page(transactional_db: None) -> Page:
    return pages.make_page(make_cast())


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def at_once(*deeds: Deed) -> list[str]:
    """Start them together; what became of each."""
    gate = Barrier(len(deeds))

    def run(deed: Deed) -> str:
        gate.wait(20)
        try:
            deed()
        except Refused:
            return "refused"
        except IntegrityError:
            return "stopped by the database"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_nothing_is_signed_that_nobody_has_read(page: Page, _round: int) -> None:
    reading, theo = pages.opened(page), fresh(page.cast.theo)
    became = at_once(
        lambda: pages.answer(page, reading, "Good."),
        lambda: support.write_note(
            actor=theo, relationship=page.walk, words="Newer", note=page.note, now=NOW
        ),
    )
    now, newest = pages.anew(reading), support_queries.newest_on(page.note.pk)[theo.pk]
    assert became.count("done") == 1, became
    assert (now.state, newest) in {(ReadingState.SIGNED, 1), (ReadingState.WAITING, 2)}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_tabs_of_the_reader_answer_once(page: Page, _round: int) -> None:
    reading = pages.opened(page)
    became = at_once(
        lambda: pages.answer(page, reading, "Good."),
        lambda: pages.answer(page, reading, "Not yet.", change=True),
    )
    assert became.count("done") == 1, became
    assert Remark.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_signature_and_a_yes_taken_back(page: Page, _round: int) -> None:
    reading = pages.opened(page)
    became = at_once(
        lambda: pages.answer(page, reading, "Good."),
        lambda: services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW),
    )
    assert became.count("done") == 1, became
    assert Remark.objects.exists() is pages.anew(reading).is_signed


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_both_ask_in_the_same_moment(page: Page, _round: int) -> None:
    asks = [fresh(who) for who in (page.cast.mina, page.cast.theo, page.cast.theo)]
    notes = [type(page.note).objects.get(pk=page.note.pk) for _who in asks]
    became = at_once(
        *(
            partial(services.ask_for_reading, actor=who, note=note, now=NOW)
            for who, note in zip(asks, notes, strict=True)
        )
    )
    assert "done" in became
    assert PageReading.objects.get().state == ReadingState.ASKED
