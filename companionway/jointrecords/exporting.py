"""This room's part of what a person downloads."""

from __future__ import annotations

from typing import Any

from companionway.jointrecords import queries
from companionway.jointrecords.models import JointRecord
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    rows = JointRecord.objects.select_related("member", "other").order_by("pk")
    return {
        "about_me": [_record(each, person) for each in rows.filter(member=person)],
        "i_wrote_with_others": [_record(each, person) for each in rows.filter(other=person)],
    }


def _record(record: JointRecord, person: Person) -> dict[str, Any]:
    shown, is_mine = queries.record_of(record), record.member_id == person.pk
    # Of somebody else's record one takes along one's own words.
    versions = [each for each in shown.versions if is_mine or each.by.pk == person.pk]
    return {
        "with": record.other_of(person).name,
        "about": str(record.get_kind_display()),
        "state": str(record.get_state_display()),
        "signed_at": record.signed_at.isoformat() if record.signed_at else None,
        "versions": [
            {"by": each.by.name, "at": each.at.isoformat(), "words": each.words} for each in versions
        ],
        "opened_by": [{"by": who.name, "at": at.isoformat()} for who, at in shown.looks],
    }
