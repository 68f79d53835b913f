"""Erasing, downloading, keeping, and reporting what was written to a page."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from companionway.foundation import parts, retention
from companionway.people import services as people
from companionway.reading.models import Opening, PageReading, Remark
from companionway.reading.states import ReadingState
from companionway.safety import queries as safety
from companionway.support import services as support
from companionway.support.models import NoteVoice, Relationship
from tests.cast import NOW
from tests.rooms.reading.conftest import HIS, Page, agreed, anew, answer, opened, signed, tell

REMARK = "You could ask before you tell."


def leave(page: Page, who: str) -> None:
    person = page.ines if who == "ines" else getattr(page.cast, who)
    people.delete_everything(actor=person, now=NOW)
    tell()


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_one_of_the_two_leaves_before_it_is_signed(page: Page, who: str) -> None:
    reading = opened(page)
    answer(page, reading, REMARK, change=True)
    leave(page, who)
    assert not PageReading.objects.exists()
    assert not Remark.objects.exists()
    assert NoteVoice.objects.count() == 1, "the other keeps the words they wrote themselves"


@pytest.mark.parametrize("who", ["mina", "theo"])
def test_one_of_the_two_leaves_after_it_was_signed(page: Page, who: str) -> None:
    reading = opened(page)
    answer(page, reading, REMARK)
    leave(page, who)
    assert anew(reading).is_signed, "the dates stay, and the lock of the other's words"
    assert Remark.objects.get().sealed is None
    voice = NoteVoice.objects.get()
    assert voice.author_id != getattr(page.cast, who).pk


def test_the_reader_leaves_before_it_is_signed(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, REMARK, change=True)
    leave(page, "ines")
    assert anew(reading).state == ReadingState.CLOSED
    assert Remark.objects.get().sealed is None, "their words go with them"
    assert NoteVoice.objects.count() == 2


def test_the_reader_leaves_after_it_was_signed(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, REMARK)
    leave(page, "ines")
    assert anew(reading).is_signed
    assert Remark.objects.get().sealed is None
    assert Opening.objects.count() == 1


def test_what_each_downloads(page: Page) -> None:
    reading = opened(page)
    answer(page, reading, REMARK)
    for who in (page.cast.mina, page.cast.theo):
        (shown,) = _exported(who)["my_pages"]
        assert (shown["reader"], shown["state"]) == ("Ines", "Signed")
        assert [each["words"] for each in shown["remarks"]] == [REMARK]
        assert [each["by"] for each in shown["opened"]] == ["Ines"]
    mine = _exported(page.ines)
    assert mine["my_pages"] == []
    assert mine["what_i_wrote_to_pages"][0]["remarks"][0]["words"] == REMARK
    assert HIS not in json.dumps(mine), "the page itself is not the reader's to take along"
    assert "Mina" not in json.dumps(mine)
    for stranger in (page.cast.cora, page.otis, page.cast.sam_the_stranger):
        assert _exported(stranger) == {"my_pages": [], "what_i_wrote_to_pages": []}


def _exported(person: object) -> dict[str, list[dict[str, list[dict[str, str]]]]]:
    return parts.export_of(person)["pages_read"]  # type: ignore[no-any-return]


def test_it_is_kept_as_long_as_the_page(page: Page) -> None:
    signed(page)
    support.end_relationship(actor=page.cast.mina, relationship=page.walk, kind="", now=NOW)
    clock = next(each for each in retention.clocks() if each.key == "relationships")
    clock.run(NOW - timedelta(days=1), NOW)
    assert PageReading.objects.count() == 1
    Relationship.objects.update(ended_at=NOW - timedelta(days=800))
    clock.run(NOW - timedelta(days=730), NOW)
    assert not PageReading.objects.exists()
    assert not Remark.objects.exists()
    assert not Opening.objects.exists()


def test_a_remark_is_reported_by_either_of_the_two(page: Page) -> None:
    answer(page, opened(page), REMARK, change=True)
    subject = f"remark:{Remark.objects.get().public_id}"
    for who in (page.cast.mina, page.cast.theo):
        thing = safety.reportable(who, subject)
        assert thing is not None
        assert (thing.text, thing.about) == (REMARK, page.ines)
    for who in (page.ines, page.otis, page.cast.cora, page.cast.ruth, page.cast.sam_the_stranger):
        assert safety.reportable(who, subject) is None
    assert safety.reportable(page.cast.mina, "remark:nothere") is None


def test_a_signature_without_words_has_nothing_to_report(page: Page) -> None:
    answer(page, opened(page), "")
    assert safety.reportable(page.cast.mina, f"remark:{Remark.objects.get().public_id}") is None


def test_what_waited_is_no_one_elses_when_the_other_left(page: Page) -> None:
    agreed(page)
    leave(page, "mina")
    assert not PageReading.objects.exists()
