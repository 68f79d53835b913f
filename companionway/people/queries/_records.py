"""Who of the team has looked, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from companionway.foundation.models import Record
from companionway.people.events import SensitiveRead
from companionway.people.models import Person
from companionway.people.reading import what_words, why_words

MOST_READS = 200


@dataclass(frozen=True, slots=True)
class Read:
    """One look of somebody in the team at one of my records."""

    by: str
    what: str
    why: str
    at: datetime


def reads_about(person: Person) -> list[Read]:
    """Every read of the person's sensitive records by somebody else, newest first. Two queries."""
    rows = list(Record.objects.about(person.pk).filter(name=SensitiveRead.name).order_by("-pk")[:MOST_READS])
    names = dict(
        Person.objects.filter(pk__in={row.actor_id for row in rows}).values_list("pk", "name"),
    )
    return [
        Read(
            names.get(row.actor_id, "") if row.actor_id else _("Whoever runs the server"),
            what_words(row.subject),
            why_words(row.payload["reason"]),
            row.happened_at,
        )
        for row in rows
    ]
