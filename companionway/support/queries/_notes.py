"""The shared note as the two read it, and who else has read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Max, Prefetch, Q

from companionway.foundation.sealing import PERSON, RELATIONSHIP, KeyDestroyed, key_of, preload_all
from companionway.people.models import Person
from companionway.support import pages as seam
from companionway.support.models import NoteLook, NoteVoice, Relationship, SharedNote
from companionway.support.states import LookReason

LOOK_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person wrote on a page: the newest words, and those before."""

    author: Person
    words: str
    number: int
    written_at: datetime
    earlier: list[tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class NotePage:
    note: SharedNote
    voices: list[Voice]
    # Whether somebody reads it about practice, and what they wrote to it.
    known: seam.Known | None = None

    def voice_of(self, person: Person) -> Voice | None:
        return next((voice for voice in self.voices if voice.author.pk == person.pk), None)


@dataclass(frozen=True, slots=True)
class LookShown:
    who: Person
    reason: str
    words: str
    looked_at: datetime


def note_of(relationship: Relationship) -> list[NotePage]:
    """The whole note, newest page first, in a fixed number of queries."""
    voices = Prefetch("voices", NoteVoice.objects.select_related("author"))
    pages = list(relationship.notes.prefetch_related(voices))
    _open_keys(relationship)
    return [NotePage(page, _voices(page)) for page in pages]


def page_of(note: SharedNote) -> NotePage:
    """One page, with `note.relationship` at hand."""
    _open_keys(note.relationship)
    rows = list(note.voices.select_related("author"))
    return NotePage(note, _grouped(rows))


def with_known(pages: list[NotePage], relationship: Relationship, page: int | None = None) -> list[NotePage]:
    """The same pages with what the room upstairs knows of each; remarks only for the one page asked for."""
    known = seam.known_of(relationship, page)
    return [replace(each, known=known.get(each.note.pk)) for each in pages]


def newest_on(note_id: int) -> dict[int, int]:
    """The number of the newest version of each one's words on a page: {author: number}."""
    rows = NoteVoice.objects.filter(note=note_id).order_by().values("author").annotate(newest=Max("number"))
    return {row["author"]: row["newest"] for row in rows}


def words_at(note: SharedNote, numbers: Mapping[int, int]) -> list[Voice]:
    """Exactly these versions of a page ({author: number}), and none before or after."""
    _open_keys(note.relationship)
    wanted = Q(pk=None)
    for author, number in numbers.items():
        wanted |= Q(author=author, number=number)
    rows = note.voices.filter(wanted).select_related("author")
    return [Voice(row.author, _opened(row), row.number, row.written_at, []) for row in rows]


def _open_keys(relationship: Relationship) -> None:
    preload_all([*((PERSON, pk) for pk in relationship.people_ids), (RELATIONSHIP, relationship.pk)])


def _voices(page: SharedNote) -> list[Voice]:
    return _grouped(page.voices.all())


def _grouped(found: Iterable[NoteVoice]) -> list[Voice]:
    by_author: dict[int, list[NoteVoice]] = {}
    for row in found:
        by_author.setdefault(row.author_id, []).append(row)
    shown = []
    for rows in by_author.values():
        rows.sort(key=lambda row: row.number, reverse=True)
        newest, *before = rows
        earlier = [(row.written_at, _opened(row)) for row in before]
        shown.append(Voice(newest.author, _opened(newest), newest.number, newest.written_at, earlier))
    return shown


def _opened(row: NoteVoice) -> str:
    try:
        return key_of(PERSON, row.author_id).open(row.sealed, row.context)
    except KeyDestroyed:
        return ""


def looks_at(relationship: Relationship) -> list[LookShown]:
    """Everybody else who opened the note: who, when, and the reason they gave."""
    rows = list(relationship.looks.select_related("reader"))
    return [
        LookShown(row.reader, str(LookReason(row.reason_key).label), _reason(row), row.looked_at)
        for row in rows
    ]


def _reason(row: NoteLook) -> str:
    try:
        return key_of(RELATIONSHIP, row.relationship_id).open(row.sealed_words, "look")
    except KeyDestroyed:
        return ""


def is_looking(actor: Person, relationship: Relationship, now: datetime) -> bool:
    """Whether this person gave a reason within the last half hour: one reason, one reading."""
    return relationship.looks.filter(reader=actor, looked_at__gt=now - LOOK_LASTS).exists()
