"""How the reading of a page stands, for the two whose page it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from companionway.foundation.sealing import PERSON, RELATIONSHIP, SealingKey, keys_of_both
from companionway.people.models import Person
from companionway.reading import policy
from companionway.reading.models import Opening, PageReading, Remark
from companionway.reading.states import ReadingState
from companionway.support.pages import Known, RemarkShown


@dataclass(frozen=True, slots=True)
class OpeningShown:
    who: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest asking about a page: its row, who opened it, and what was written to it."""

    reading: PageReading
    says: str
    openings: list[OpeningShown]
    remarks: list[RemarkShown]

    @property
    def stands(self) -> bool:
        return self.reading.state != ReadingState.CLOSED


def is_signed(note_id: int) -> bool:
    """Whether this page is locked for good."""
    return PageReading.objects.filter(note=note_id, state=ReadingState.SIGNED).exists()


def known_of(walk: Any, note_id: int | None = None) -> dict[int, Known]:
    """What `support` shows beside each page of a walk: a sentence, and for one page everything written to it."""
    rows = PageReading.objects.filter(note__relationship=walk).order_by("pk")
    if note_id is None:
        rows = rows.standing()
        return {row.note_id: Known(_says(row), row.is_signed) for row in rows}
    found = list(rows.filter(note=note_id).prefetch_related(_remarks()))
    if not found:
        return {}
    shown = [each for row in found for each in remarks_of(row, walk.pk)]
    newest = found[-1]
    return {note_id: Known(_says(newest), newest.is_signed, tuple(shown))}


def standing_of(note: Any) -> list[Standing]:
    """Everything that was asked about a page, newest first. `note` has its relationship at hand."""
    openings = Prefetch("openings", Opening.objects.select_related("reader"))
    rows = PageReading.objects.filter(note=note).select_related("supervision__supervisor").order_by("-pk")
    found = []
    for row in rows.prefetch_related(openings, _remarks()):
        row.note = note
        opened = [OpeningShown(each.reader, each.opened_at) for each in row.openings.all()]
        found.append(Standing(row, _says(row), opened, remarks_of(row, note.relationship_id)))
    return found


def asked_of(person: Person, most: int = 50) -> list[tuple[PageReading, str, str]]:
    """One's own pages that somebody reads or is asked to read, newest first: the row, with whom, how it stands."""
    rows = policy.of_the_two(person).standing().order_by("-fixed_at", "-pk")[:most]
    found = rows.select_related("note__relationship__member", "note__relationship__supporter")
    return [(row, row.note.relationship.other_of(person).name, _says(row)) for row in found]


def _remarks() -> Prefetch[Any]:
    return Prefetch("remarks", Remark.objects.select_related("author"))


def remarks_of(reading: PageReading, relationship_id: int) -> list[RemarkShown]:
    """What was written to a page, opened, oldest first."""
    rows = list(reading.remarks.all())
    keys = _keys(rows, relationship_id)
    return [_shown(row, keys.get((relationship_id, row.author_id))) for row in rows]


def _keys(rows: Iterable[Remark], relationship_id: int) -> dict[tuple[int, int | None], SealingKey]:
    pairs = {(relationship_id, row.author_id) for row in rows if row.sealed is not None}
    return keys_of_both(RELATIONSHIP, PERSON, pairs) if pairs else {}


def _shown(row: Remark, key: SealingKey | None) -> RemarkShown:
    words = key.open(row.sealed, row.context) if key and row.sealed is not None else ""
    return RemarkShown(row.author, row.written_at, words, row.asks_for_change, f"remark:{row.public_id}")


def _says(row: PageReading) -> str:
    return {
        ReadingState.ASKED: _("One of you would like a practice supervisor to read this page."),
        ReadingState.WAITING: _("You have both said yes. This page waits to be read."),
        ReadingState.ANSWERED: _("A change is asked for. Whoever writes next says it in their own words."),
        ReadingState.SIGNED: _("This page is signed and stays as it is. What came later fits on a new page."),
        ReadingState.CLOSED: _("This page stays between the two of you."),
    }[ReadingState(row.state)]
