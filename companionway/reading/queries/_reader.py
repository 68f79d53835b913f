"""What a practice supervisor sees: pages that wait, without a word of them, and one page in the versions agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from companionway.people.models import Person
from companionway.reading import policy
from companionway.reading.models import PageReading, Remark
from companionway.reading.queries._of_the_two import remarks_of
from companionway.reading.states import ReadingState
from companionway.support import queries as support
from companionway.support.pages import RemarkShown

OPEN_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page in the queue: whose practice it is about, and since when it waits."""

    reading: PageReading
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two wrote. The member is not named."""

    name: str
    words: str
    written_at: datetime


def queue_of(actor: Person) -> tuple[list[Waiting], list[Waiting]]:
    """Pages that wait to be read, oldest first; and those that were answered, newest first. One question for both."""
    rows = policy.read_by(actor).select_related("supervision__supporter").order_by("waits_since", "pk")
    shown = [Waiting(row, row.supervision.supporter.name, row.waits_since) for row in rows if row.waits_since]
    waits = [each for each in shown if each.reading.state == ReadingState.WAITING]
    return waits, [each for each in reversed(shown) if each.reading.state != ReadingState.WAITING]


def opened_at(actor: Person, reading: PageReading) -> datetime | None:
    """When this person last opened the version that stands."""
    rows = reading.openings.filter(reader=actor, version=reading.version).order_by("-opened_at")
    return rows.values_list("opened_at", flat=True).first()


def is_open_for(actor: Person, reading: PageReading, now: datetime) -> bool:
    """Whether this person opened this version within the last half hour: one opening, one reading."""
    at = opened_at(actor, reading)
    return at is not None and at > now - OPEN_LASTS


def lines_of(reading: PageReading) -> list[Line]:
    """The page exactly in the versions both said yes to; `name` is empty for the member."""
    walk = reading.note.relationship
    numbers = {walk.member_id: reading.member_number, walk.supporter_id: reading.supporter_number}
    voices = support.words_at(reading.note, numbers)
    return [
        Line(each.author.name if each.author.pk == walk.supporter_id else "", each.words, each.written_at)
        for each in voices
    ]


def answered_by(actor: Person, reading: PageReading) -> list[RemarkShown]:
    """What this reader wrote to the page before."""
    return [each for each in remarks_of(reading, reading.note.relationship_id) if each.by.pk == actor.pk]


def written_by(actor: Person) -> list[tuple[PageReading, list[RemarkShown]]]:
    """Everything this person wrote to pages, also after the pair ended: their own words."""
    rows: Any = Remark.objects.filter(author=actor).values("reading")
    found = (
        PageReading.objects.filter(pk__in=rows)
        .select_related("note", "supervision__supporter")
        .order_by("pk")
    )
    return [(each, answered_by(actor, each)) for each in found]
