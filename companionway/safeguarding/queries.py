"""What is asked of records kept apart: whom to name to who tells, the leads' list, one record, one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from companionway.foundation.sealing import open_facts
from companionway.people.models import Organisation, Person, Programme
from companionway.safeguarding import opening, paper, policy, profiles
from companionway.safeguarding.models import (
    Arrangement,
    Concerned,
    DutyCheck,
    Entry,
    HandedOut,
    Reading,
    SafeguardingRecord,
)
from companionway.safeguarding.opening import open_words, opened
from companionway.safeguarding.states import READING_REASONS, EntryKind

OWN = (EntryKind.WRITTEN, EntryKind.ADDED)
ENOUGH_LEADS = 2


@dataclass(frozen=True, slots=True)
class Routing:
    """Who would read it here. Fewer than two, and it cannot be led round one of them: then who is outside."""

    readers: list[str]
    is_enough: bool
    outside_name: str
    outside_reach: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, opened."""

    kind: EntryKind
    by: str
    at: datetime
    said: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Look:
    by: str
    why: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """One handing out: what was printed, and whether it still is what was printed."""

    public_id: str
    by: str
    to_whom: str
    reason: str
    text: str
    digest: str
    at: datetime
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A record as a lead reads it."""

    record: SafeguardingRecord
    lines: list[Line]
    looks: list[Look]
    papers: list[Paper]
    kept_from: list[Concerned]


@dataclass(frozen=True, slots=True)
class Own:
    """A record as the one who told it sees it: their own words, the answers, and whether a lead has opened it."""

    record: SafeguardingRecord
    lines: list[Line]
    first_read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownDuty:
    duty: profiles.Duty
    check: DutyCheck | None


def routing(programme: Programme, kept_from: Iterable[int] = ()) -> Routing:
    readers = list(policy.leads_of(programme).exclude(pk__in=list(kept_from)).values_list("name", flat=True))
    arranged = arrangement_of(programme.organisation_id)
    return Routing(readers, len(readers) >= ENOUGH_LEADS, arranged.outside_name, arranged.outside_reach)


def arrangement_of(organisation: Organisation | int) -> Arrangement:
    """As it was made; an empty one where nobody has made one."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return Arrangement.objects.filter(organisation=pk).first() or Arrangement(
        organisation_id=pk, countries=[]
    )


def whole(record: SafeguardingRecord) -> Whole:
    """For a lead who opened it (`policy.opened_by`)."""
    entries = record.entries.select_related("author").order_by("number")
    looks = record.readings.select_related("reader").order_by("-pk")
    papers = record.handed_out.select_related("by").order_by("-pk")
    return Whole(
        record,
        [_line(each) for each in entries],
        [_look(each) for each in looks],
        [paper_of(each) for each in papers],
        list(record.concerned.select_related("person", "named_by").order_by("pk")),
    )


def own(actor: Person, record: SafeguardingRecord) -> Own:
    """For the one who told it: an entry of a lead is theirs only when it is an answer to them."""
    entries = record.entries.select_related("author").order_by("number")
    mine = [
        each
        for each in entries
        if each.kind == EntryKind.ANSWERED or (each.author_id == actor.pk and each.kind in OWN)
    ]
    first = record.readings.order_by("read_at").values_list("read_at", flat=True).first()
    return Own(record, [_line(each) for each in mine], first)


def readers_of(record_id: int) -> set[int]:
    """Ids of the leads who may read it, without the one who wrote it."""
    record = SafeguardingRecord.objects.filter(pk=record_id).first()
    if record is None:
        return set()
    return set(policy.readers_of(record).values_list("pk", flat=True)) - {record.author_id}


def paper_of(handed: HandedOut) -> Paper:
    facts = open_facts(opening.key_for(handed.record_id), handed.sealed, f"paper:{handed.public_id}")
    return Paper(
        handed.public_id,
        paper.name_of(handed.by),
        facts["to"],
        facts["reason"],
        facts["text"],
        handed.digest,
        handed.handed_at,
        paper.digest(facts["text"]) == handed.digest,
    )


def duties_shown(organisation: Organisation) -> list[tuple[profiles.Profile, list[ShownDuty]]]:
    """The chosen profiles; a check counts only for the very words that were checked."""
    checks = {
        (each.country, each.key, each.digest): each
        for each in DutyCheck.objects.filter(organisation=organisation)
        .select_related("checked_by")
        .order_by("pk")
    }
    return [
        (
            profile,
            [
                ShownDuty(duty, checks.get((profile.country, duty.key, duty.digest)))
                for duty in profile.duties
            ],
        )
        for profile in profiles.chosen(arrangement_of(organisation).countries)
    ]


def why_kept(organisation: Organisation) -> list[profiles.Profile]:
    """By whose law a record stays when somebody deletes everything."""
    chosen = profiles.chosen(arrangement_of(organisation).countries)
    return [each for each in chosen if each.erasure == profiles.KEPT]


def _line(entry: Entry) -> Line:
    said = paper.said(opened(entry), entry.kind)
    return Line(EntryKind(entry.kind), paper.name_of(entry.author), entry.written_at, said)


def _look(reading: Reading) -> Look:
    why = str(READING_REASONS.get(reading.reason_key, ""))
    words = open_words(reading.record_id, reading.sealed_words, f"reading:{reading.reader_id}")
    return Look(paper.name_of(reading.reader), why, words, reading.read_at)
