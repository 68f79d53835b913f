"""A page that is read: who is told of what, without a word of it; and a no is told to nobody."""

from __future__ import annotations

import pytest

from companionway.notices import policy
from companionway.notices.models import Notice
from companionway.notices.places import shown
from companionway.notices.states import Kind
from companionway.reading import services
from tests.cast import NOW, Cast, make_cast
from tests.rooms.reading import conftest as pages
from tests.rooms.reading.conftest import Page

page = pages.page
KINDS = (Kind.PAGE_ASKED, Kind.PAGE_WAITS, Kind.PAGE_ANSWERED)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def told() -> list[tuple[str, str]]:
    """What is new since it was last asked."""
    pages.tell()
    rows = Notice.objects.filter(kind__in=KINDS).select_related("person").order_by("person__name")
    found = [(each.person.name, each.kind) for each in rows]
    rows.delete()
    return found


def test_each_step_tells_whoever_waits_for_it(page: Page) -> None:
    cast = page.cast
    told()
    reading = pages.asked(page)
    assert told() == [("Mina", "page_asked")]
    services.say_yes(actor=cast.mina, reading=reading, version=1, now=NOW)
    assert told() == [("Ines", "page_waits")]
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    assert told() == []
    pages.answer(page, reading, "Ask her first.", change=True)
    assert told() == [("Mina", "page_answered"), ("Theo", "page_answered")]
    pages.write(page, cast.theo, "I asked her.")
    assert told() == [("Mina", "page_asked")], "his words were his yes"
    services.say_yes(actor=cast.mina, reading=reading, version=2, now=NOW)
    assert told() == [("Ines", "page_waits")]
    pages.write(page, cast.mina, "And I said yes.")
    assert told() == [("Mina", "page_asked"), ("Theo", "page_asked")], "both, also whoever wrote"
    for who in (cast.theo, cast.mina):
        services.say_yes(actor=who, reading=reading, version=3, now=NOW)
    services.open_page(actor=page.ines, reading=reading, now=NOW)
    told()
    pages.answer(page, pages.anew(reading), "Good.")
    assert told() == [("Mina", "page_answered"), ("Theo", "page_answered")]


def test_a_no_is_told_to_nobody(page: Page) -> None:
    reading = pages.agreed(page)
    told()
    services.keep_between_us(actor=page.cast.mina, reading=reading, now=NOW)
    assert told() == []


def test_the_words_say_nothing_of_whom_and_lead_to_the_list(page: Page) -> None:
    reading = pages.opened(page)
    pages.answer(page, reading, "Ask her first.", change=True)
    pages.tell()
    for row in shown(Notice.objects.filter(kind__in=KINDS)):
        assert row.url == "/pages/"
        for word in ("Ines", "Mina", "Theo", "supervis", "note", "Ask her"):
            assert word not in str(row.words)


def test_only_readers_are_asked_whether_they_want_to_hear_of_what_waits(page: Page) -> None:
    assert Kind.PAGE_WAITS in policy.kinds_for(page.ines)
    assert Kind.PAGE_WAITS not in policy.kinds_for(page.cast.mina)
    assert Kind.PAGE_ASKED in policy.kinds_for(page.cast.mina)
