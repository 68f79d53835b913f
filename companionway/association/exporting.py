"""This room's part of what a person downloads: their own entry, what they were chosen for, wrote and signed."""

from __future__ import annotations

from typing import Any

from companionway.association import policy, queries
from companionway.association.models import Chosen, Signature, Version
from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    chosen = Chosen.objects.filter(person=person).select_related("minutes__group").order_by("pk")
    written = Version.objects.filter(written_by=person).select_related("minutes__group").order_by("pk")
    signed = Signature.objects.filter(person=person).select_related("version__minutes__group")
    return {
        "register": _entries(person),
        "chosen_for": [
            {
                "group": each.minutes.group.name,
                "office": each.role,
                "from": each.since_on.isoformat(),
                "until": each.until_on.isoformat() if each.until_on else None,
            }
            for each in chosen
        ],
        "minutes_i_wrote": [
            {
                "group": each.minutes.group.name,
                "held_on": each.minutes.held_on.isoformat(),
                "version": each.number,
                "words": queries.words_of(each),
            }
            for each in written
        ],
        "minutes_i_signed": [
            {
                "group": each.version.minutes.group.name,
                "held_on": each.version.minutes.held_on.isoformat(),
                "version": each.version.number,
                "signed_at": each.signed_at.isoformat() if each.signed_at else None,
            }
            for each in signed.order_by("pk")
        ],
    }


def _entries(person: Person) -> list[dict[str, Any]]:
    found = []
    for group in policy.groups_of(person).select_related("programme").order_by("pk"):
        rules = policy.rules_of(group)
        entry = queries.entry_of(person, group, rules) if rules else None
        if entry is not None:
            found.append(
                {
                    "group": group.name,
                    "since": entry.since_at.isoformat() if entry.since_at else None,
                    "votes": entry.votes,
                    "offices": list(entry.offices),
                }
            )
    return found
