"""Records as the two read them. Every version, who wrote it, who signed, and who looked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of_both, preload_all
from companionway.jointrecords import policy
from companionway.jointrecords.models import JointRecord, RecordVersion
from companionway.people.models import Person, Programme


@dataclass(frozen=True, slots=True)
class VersionShown:
    number: int
    words: str
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordShown:
    """One record with its words, and when the other of the two opened it."""

    record: JointRecord
    versions: list[VersionShown]
    looks: list[tuple[Person, datetime]]

    @property
    def newest(self) -> VersionShown | None:
        return self.versions[-1] if self.versions else None


def records_for(
    actor: Person, programme: Programme, apart: Collection[int]
) -> tuple[list[JointRecord], list[JointRecord]]:
    """Those about oneself, and those about others that one writes with them. Not a word of them. One question."""
    rows = (
        policy.records_visible_to(actor, apart).filter(programme=programme).select_related("member", "other")
    )
    found = list(rows.order_by("-changed_at", "-pk"))
    return [each for each in found if each.member_id == actor.pk], [
        each for each in found if each.member_id != actor.pk
    ]


def record_of(record: JointRecord, looks: list[tuple[Person, datetime]] | None = None) -> RecordShown:
    """One record with all its words, opened."""
    preload_all([(PERSON, record.member_id), (PERSON, record.other_id)])
    rows = list(record.versions.select_related("author"))
    return RecordShown(
        record, [_version(record, each) for each in rows], _looks(record) if looks is None else looks
    )


def _version(record: JointRecord, row: RecordVersion) -> VersionShown:
    try:
        key = key_of_both(PERSON, record.member_id, PERSON, record.other_id)
        words = key.open(row.sealed, row.context)
    except KeyDestroyed:
        words = ""
    return VersionShown(row.number, words, row.author, row.written_at)


def opened_by(actor: Person, record: JointRecord, since: datetime) -> RecordShown | None:
    """The words, where they stand open to this person: always to the member, to the other after they opened it."""
    looks = _looks(record)
    if actor.pk != record.member_id and not any(who.pk == actor.pk and at > since for who, at in looks):
        return None
    return record_of(record, looks)


def _looks(record: JointRecord) -> list[tuple[Person, datetime]]:
    return [(each.reader, each.looked_at) for each in record.looks.select_related("reader")]
