"""The pages: for the two, for the reader, and for nobody else. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from companionway.people.models import Person
from companionway.reading.models import Opening, PageReading, Remark
from companionway.reading.states import ReadingState
from companionway.supervision import services as supervision
from companionway.support import services as support
from companionway.support.models import NoteVoice
from tests.cast import NOW
from tests.rooms.reading.conftest import HIS, OURS, Page, agreed, anew, answer, asked, opened, signed, write

ComeIn = Callable[[Person], Client]


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def ours(page: Page) -> str:
    return reverse("reading:ours", args=[page.note.public_id])


def read(reading: PageReading) -> str:
    return reverse("reading:read", args=[reading.public_id])


def deed(name: str, public_id: str) -> str:
    return reverse(f"reading:{name}", args=[public_id])


def test_the_supporter_asks_and_the_member_says_yes(page: Page, come_in: ComeIn) -> None:
    theo = come_in(page.cast.theo)
    shown = text(theo.get(ours(page)))
    assert "Ines reads it as practice supervisor" in shown
    assert 'name="seen" value="1.1"' in shown
    assert theo.post(deed("ask", page.note.public_id), {"seen": "1.1"}).status_code == 302
    reading = PageReading.objects.get()
    assert "You have already said yes" in text(theo.get(ours(page)))
    mina = come_in(page.cast.mina)
    shown = text(mina.get(ours(page)))
    assert OURS in shown and HIS in shown, "what she would say yes to stands there"
    mina.post(deed("yes", reading.public_id), {"version": "1"})
    assert anew(reading).state == ReadingState.WAITING
    mina.post(deed("keep", reading.public_id))
    assert anew(reading).state == ReadingState.CLOSED
    assert "Only the two of you read it" in text(mina.get(ours(page)))


def test_what_a_form_carries_is_looked_at(page: Page, come_in: ComeIn) -> None:
    theo = come_in(page.cast.theo)
    for nonsense in ("", "x", "1", "1.", "1.1.1", "９.1", "9" * 9 + ".1"):
        assert theo.post(deed("ask", page.note.public_id), {"seen": nonsense}).status_code == 302
    assert not PageReading.objects.exists()
    reading = asked(page)
    mina = come_in(page.cast.mina)
    for nonsense in ("", "x", "-1", "99999999", "2"):
        mina.post(deed("yes", reading.public_id), {"version": nonsense})
    assert anew(reading).state == ReadingState.ASKED


def test_the_reader_opens_reads_and_asks_for_a_change(page: Page, come_in: ComeIn) -> None:
    reading = agreed(page)
    ines = come_in(page.ines)
    listed = text(ines.get(reverse("reading:queue")))
    assert "Theo" in listed
    shown = text(ines.get(read(reading)))
    for word in ("Mina", OURS, HIS):
        assert word not in listed + shown
    assert "What would you like to say" not in shown, "first it is opened"
    ines.post(deed("open", reading.public_id))
    shown = text(ines.get(read(reading)))
    assert OURS in shown and HIS in shown and "Mina" not in shown
    assert "About practice, not about the person" in shown
    said = {"version": "1", "words": "Ask her what she would like.", "says": "change"}
    assert ines.post(read(reading), said).status_code == 302
    assert anew(reading).state == ReadingState.ANSWERED
    for who in (page.cast.mina, page.cast.theo):
        there = come_in(who)
        for address in (
            ours(page),
            reverse("support:note_page", args=[page.walk.public_id, page.note.public_id]),
        ):
            shown = text(there.get(address))
            assert "Ask her what she would like." in shown
            assert "Ines" in shown
            assert f"about=remark:{Remark.objects.get().public_id}" in shown


def test_what_was_refused_stays_in_the_form(page: Page, come_in: ComeIn) -> None:
    reading = opened(page)
    ines = come_in(page.ines)
    shown = text(ines.post(read(reading), {"version": "1", "words": "Ask first.", "says": ""}))
    assert "Ask first." in shown
    shown = text(ines.post(read(reading), {"version": "7", "words": "Ask first.", "says": "sign"}))
    assert "Ask first." in shown and "Your words are kept" in shown
    assert not Remark.objects.exists()


def test_words_come_back_also_where_the_page_has_closed_meanwhile(page: Page, come_in: ComeIn) -> None:
    reading = opened(page)
    write(page, page.cast.mina, "Newer")
    ines = come_in(page.ines)
    assert ines.get(read(reading)).status_code == 404
    said = {"version": "1", "words": "I spent an hour on this.", "says": "sign"}
    shown = text(ines.post(read(reading), said))
    assert "I spent an hour on this." in shown
    for word in (OURS, HIS, "Newer", "Mina"):
        assert word not in shown
    assert come_in(page.otis).post(read(reading), said).status_code == 404


def test_a_signed_page_is_locked_and_says_so_kindly(page: Page, come_in: ComeIn) -> None:
    signed(page)
    for who in (page.cast.mina, page.cast.theo):
        there = come_in(who)
        address = reverse("support:note_page", args=[page.walk.public_id, page.note.public_id])
        shown = text(there.get(address))
        assert "stays as it is" in shown and "new page" in shown
        assert "<textarea" not in shown
        listed = text(there.get(reverse("support:note", args=[page.walk.public_id])))
        assert address not in listed, "no way to change it"
        assert "Who reads this page" in listed
        typed = text(there.post(address, {"after": "1", "words": "One more thing."}))
        assert "One more thing." in typed and "new page" in typed, "what was typed stays"
    assert NoteVoice.objects.count() == 2


def test_nobody_else_finds_any_of_it(page: Page, come_in: ComeIn) -> None:
    reading = agreed(page)
    for who in (page.cast.cora, page.cast.adil, page.cast.ruth, page.otis, page.cast.sam_the_stranger):
        there = come_in(who)
        assert there.get(ours(page)).status_code == 404, who
        assert there.get(read(reading)).status_code == 404, who
        for name, public_id in (
            ("ask", page.note.public_id), ("yes", reading.public_id), ("keep", reading.public_id),
            ("open", reading.public_id),
        ):  # fmt: skip
            assert there.post(deed(name, public_id)).status_code == 404, (who, name)
    for who in (page.cast.mina, page.cast.theo):
        assert come_in(who).get(read(reading)).status_code == 404, "that address is the reader's"
    assert come_in(page.ines).get(ours(page)).status_code == 404
    assert not Opening.objects.exists()


def test_everybody_finds_their_own_and_the_reader_the_queue(page: Page, come_in: ComeIn) -> None:
    asked(page)
    for who, other in ((page.cast.theo, "Mina"), (page.cast.mina, "Theo")):
        shown = text(come_in(who).get(reverse("reading:queue")))
        assert other in shown and ours(page) in shown
        assert OURS not in shown and HIS not in shown
    for who in (page.cast.cora, page.cast.adil, page.cast.sam_the_stranger):
        shown = text(come_in(who).get(reverse("reading:queue")))
        assert "Nothing here yet" in shown and ours(page) not in shown
    assert "Nothing waits" in text(come_in(page.otis).get(reverse("reading:queue")))


def test_where_there_is_nobody_to_ask_it_says_so(page: Page, come_in: ComeIn) -> None:
    supervision.step_back(actor=page.ines, supervision=page.pair, now=NOW)
    shown = text(come_in(page.cast.theo).get(ours(page)))
    assert "no practice supervisor to ask" in shown
    assert "Ask that this page is read" not in shown


def _asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        text(client.get(address))
    # Keys made inside a test's own transaction are never remembered: they are asked for each time.
    return sum("foundation_datakey" not in each["sql"] for each in found.captured_queries)


def test_three_pages_ask_no_more_than_one(page: Page, come_in: ComeIn) -> None:
    reading = opened(page)
    answer(page, reading, "Ask her first.", change=True)
    note = reverse("support:note", args=[page.walk.public_id])
    addresses = [
        (page.cast.theo, ours(page)), (page.cast.theo, note), (page.ines, read(reading)),
        (page.ines, reverse("reading:queue")),
        (page.cast.theo, reverse("support:note_page", args=[page.walk.public_id, page.note.public_id])),
    ]  # fmt: skip
    before = [_asked(come_in(who), address) for who, address in addresses]
    for words in ("Another", "And one more"):
        made = support.write_note(actor=page.cast.theo, relationship=page.walk, words=words, now=NOW)
        more = Page(page.cast, page.ines, page.otis, page.pair, page.walk, made)
        answer(more, opened(more), "Good.")
    after = [_asked(come_in(who), address) for who, address in addresses]
    assert after == before
    assert max(before) <= 8, before
