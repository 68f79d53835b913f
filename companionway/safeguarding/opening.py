"""What is inside a record, and the only two ways to its key: sealing something new, opening what stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from companionway.foundation import sealing
from companionway.foundation.sealing import SealingKey, key_of, open_facts, seal_facts
from companionway.people.models import Person
from companionway.safeguarding.models import SAFEGUARDING, Entry, SafeguardingRecord
from companionway.safeguarding.states import EntryKind


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells. `who` describes whom it is about in the teller's words; `quote`: words as they were said."""

    category: str
    facts: str
    is_immediate: bool
    quote: str = ""
    who: str = ""
    informed: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why, who was told, and what the person was told, or why they were not."""

    decision: str
    why: str
    told: str
    person_told: str = ""
    why_not: str = ""


def key_for(record: SafeguardingRecord | int) -> SealingKey:
    return key_of(SAFEGUARDING, record if isinstance(record, int) else record.pk)


def add(
    record: SafeguardingRecord, kind: EntryKind, author: Person, content: Told | Decision | str, now: datetime
) -> Entry:
    """Write the next entry. Inside a service's transaction, with the record locked."""
    facts = {"words": content} if isinstance(content, str) else asdict(content)
    number = (record.entries.aggregate(last=Max("number"))["last"] or 0) + 1
    return Entry.objects.create(
        record=record,
        number=number,
        kind=kind,
        author=author,
        sealed=seal_facts(key_for(record), facts, f"entry:{number}"),
        written_at=now,
    )


def opened(entry: Entry) -> dict[str, Any]:
    facts: dict[str, Any] = open_facts(key_for(entry.record_id), entry.sealed, f"entry:{entry.number}")
    return facts


def open_words(record_id: int, blob: bytes | memoryview | None, place: str) -> str:
    return key_for(record_id).open(blob, place) if blob else ""


def destroy(record_ids: list[int], now: datetime) -> int:
    """What time or the law takes: the key first, without which the database lets no row go. Returns how many rows."""
    for pk in record_ids:
        sealing.destroy_key(SAFEGUARDING, pk, now=now)
    return SafeguardingRecord.objects.filter(pk__in=record_ids).delete()[0]
