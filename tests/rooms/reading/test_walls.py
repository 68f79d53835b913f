"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from companionway.people.models import Programme
from companionway.reading.models import Opening, PageReading, Remark
from companionway.supervision.models import Supervision
from companionway.support import services as support
from companionway.support.models import NoteVoice
from tests.cast import NOW
from tests.rooms.reading.conftest import Page, agreed, asked, opened, signed


def refused(says: str, deed: Any) -> None:
    with pytest.raises((DatabaseError, IntegrityError), match=re.escape(says)), transaction.atomic():
        deed()


def row(page: Page, **also: Any) -> dict[str, Any]:
    return {
        "note": page.note, "supervision": page.pair, "member_number": 1, "supporter_number": 1, "fixed_at": NOW,
        "asked_by": page.cast.theo, "asked_at": NOW, **also,
    }  # fmt: skip


def test_nothing_is_read_without_both(page: Page) -> None:
    reading = asked(page)
    for state in ("waiting", "answered"):
        refused("reading_both_said_yes", lambda state=state: _set(reading, state=state))
    refused("reading_both_said_yes", lambda: _set(reading, state="signed", signed_at=NOW))
    refused("reading_signed_has_a_date", lambda: _set(agreed_row(page, reading), state="signed"))


def agreed_row(page: Page, reading: PageReading) -> PageReading:
    _set(reading, state="waiting", member_yes_at=NOW, supporter_yes_at=NOW, waits_since=NOW)
    return reading


def _set(reading: PageReading, **changed: Any) -> None:
    PageReading.objects.filter(pk=reading.pk).update(**changed)


@pytest.mark.parametrize("column", ["keeps_notes", "coordinator_sees"])
def test_a_tradition_that_lets_nothing_be_read(page: Page, column: str) -> None:
    reading = agreed(page)
    Programme.objects.filter(pk=page.walk.programme_id).update(**{column: False})
    refused("nobody else reads", lambda: _set(reading, state="answered"))
    _set(reading, state="closed")
    refused("nobody else reads", lambda: PageReading.objects.create(**row(page)))


def test_only_the_supporters_own_practice_supervisor(page: Page) -> None:
    other = Supervision.objects.get(supervisor=page.otis)
    refused("own practice supervisor", lambda: PageReading.objects.create(**row(page, supervision=other)))
    mine = Supervision.objects.create(
        programme=page.cast.programme, supporter=page.cast.ruth, supervisor=page.cast.mina, began_at=NOW
    )
    refused("own practice supervisor", lambda: PageReading.objects.create(**row(page, supervision=mine)))
    elsewhere = Supervision.objects.create(
        programme=page.cast.other_programme, supporter=page.cast.theo, supervisor=page.ines, began_at=NOW
    )
    refused("own practice supervisor", lambda: PageReading.objects.create(**row(page, supervision=elsewhere)))


def test_never_the_member_of_the_walk(page: Page) -> None:
    Supervision.objects.filter(pk=page.pair.pk).update(ended_at=NOW)
    hers = Supervision.objects.create(
        programme=page.cast.programme, supporter=page.cast.theo, supervisor=page.cast.mina, began_at=NOW
    )
    refused("own practice supervisor", lambda: PageReading.objects.create(**row(page, supervision=hers)))


def test_whose_time_has_ended_signs_nothing(page: Page) -> None:
    reading = opened(page)
    Supervision.objects.filter(pk=page.pair.pk).update(ended_at=NOW)
    refused("reads and signs nothing", lambda: _set(reading, state="signed", signed_at=NOW))
    refused("reads and signs nothing", lambda: _set(reading, state="answered"))
    _set(reading, state="closed")


def test_a_yes_is_a_yes_to_a_version(page: Page) -> None:
    reading = agreed(page)
    refused("asks both anew", lambda: _set(reading, member_number=2))
    _set(reading, state="asked", member_number=2, version=2, member_yes_at=None)


def test_one_page_is_asked_about_once_at_a_time(page: Page) -> None:
    asked(page)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageReading.objects.create(**row(page))


@pytest.mark.parametrize(
    "changed", [{"state": "closed"}, {"version": 2}, {"member_number": 2}, {"supporter_number": 0}]
)
def test_what_is_signed_stays(page: Page, changed: dict[str, Any]) -> None:
    reading = signed(page)
    if changed.get("state") == "closed":
        changed = {**changed, "signed_at": None}
    with pytest.raises(DatabaseError), transaction.atomic():
        _set(reading, **changed)


def test_the_words_of_a_signed_page_stay(page: Page) -> None:
    signed(page)
    mine, other = page.note.voices.order_by("pk")
    says = "This page is signed"
    refused(says, lambda: _voice(mine, sealed=b"x"))
    refused(says, lambda: _voice(mine, number=7))
    refused(says, lambda: _voice(mine, author=page.cast.ruth))
    elsewhere = support.write_note(actor=page.cast.mina, relationship=page.walk, words="New", now=NOW)
    refused(says, lambda: _voice(mine, note=elsewhere))
    for author, number in ((page.cast.mina, 2), (page.cast.theo, 2), (page.cast.ruth, 1)):
        refused(
            says,
            lambda author=author, number=number: NoteVoice.objects.create(
                note=page.note, author=author, number=number, sealed=b"x", written_at=NOW
            ),
        )
    # A new page beside it is free, and so is a page that only waits.
    _voice(elsewhere.voices.get(), number=2)
    assert other.number == 1


def _voice(voice: NoteVoice, **changed: Any) -> None:
    NoteVoice.objects.filter(pk=voice.pk).update(**changed)


def test_a_backup_may_bring_the_signed_versions_in_any_order(page: Page) -> None:
    reading = signed(page)
    kept = page.note.voices.earliest("pk")
    row_of_it = {"pk": kept.pk, "note": page.note, "author": kept.author, "number": 1, "sealed": kept.sealed}
    kept.delete()
    NoteVoice.objects.create(**row_of_it, written_at=NOW)
    assert reading.is_signed


def test_only_the_reader_opens_and_writes(page: Page) -> None:
    reading = agreed(page)
    for who in (page.cast.mina, page.otis, page.cast.cora):
        refused(
            "whom both asked",
            lambda who=who: Opening.objects.create(reading=reading, reader=who, version=1, opened_at=NOW),
        )
        refused(
            "whom both asked",
            lambda who=who: Remark.objects.create(
                reading=reading, author=who, version=1, asks_for_change=False, written_at=NOW
            ),
        )


def test_one_remark_for_each_version(page: Page) -> None:
    reading = opened(page)
    made = {"reading": reading, "author": page.ines, "version": 1, "asks_for_change": True, "written_at": NOW}
    Remark.objects.create(**made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(**made, public_id="other")
