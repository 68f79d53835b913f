"""A record as plain text, the same bytes whenever it is drawn from the same rows in the same language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from companionway.people.models import Person
from companionway.safeguarding.models import Entry, SafeguardingRecord
from companionway.safeguarding.opening import opened
from companionway.safeguarding.states import Category, EntryKind


def text_of(record: SafeguardingRecord, *, to_whom: str, reason: str, by: Person, now: datetime) -> str:
    head = [
        record.programme.organisation.name,
        _("Record %(reference)s") % {"reference": record.public_id},
        _("For: %(whom)s") % {"whom": to_whom},
        _("Why: %(reason)s") % {"reason": reason},
        _("Handed out by %(name)s, %(moment)s") % {"name": by.name, "moment": _moment(now)},
    ]
    entries = record.entries.select_related("author").order_by("number")
    return "\n".join([*head, *(line for entry in entries for line in _entry(entry))]) + "\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def name_of(person: Person) -> str:
    return person.name or _("somebody who has left")


def said(facts: dict[str, Any], kind: str) -> list[tuple[str, str]]:
    """What an entry says, as pairs of a heading and words, in the order in which they are read."""
    if kind == EntryKind.WRITTEN:
        pairs = [
            (_("What it is about"), str(Category(facts["category"]).label)),
            (_("Danger at that moment"), _("Yes") if facts["is_immediate"] else _("No")),
            (_("Whom it is about"), facts["who"]),
            (_("What happened"), facts["facts"]),
            (_("Words as they were said"), f"“{facts['quote']}”" if facts["quote"] else ""),
            (_("Who knew already"), facts["informed"]),
        ]
    elif kind == EntryKind.DECIDED:
        pairs = [
            (_("Decided"), facts["decision"]),
            (_("Why"), facts["why"]),
            (_("Who was told"), facts["told"]),
            (_("What the person was told"), facts["person_told"]),
            (_("Why the person was not told"), facts["why_not"]),
        ]
    else:
        pairs = [("", facts["words"])]
    return [(heading, words) for heading, words in pairs if words]


def _entry(entry: Entry) -> Iterator[str]:
    yield ""
    kind = EntryKind(entry.kind).label
    yield f"{entry.number}. {kind}. {name_of(entry.author)}, {_moment(entry.written_at)}"
    for heading, words in said(opened(entry), entry.kind):
        yield f"{heading}: {words}" if heading else words


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
