"""One's own line of what supporting gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from companionway.foundation.sealing import PERSON, key_of, open_facts
from companionway.people.models import Person
from companionway.supervision import policy
from companionway.supervision.states import Gain, HowMuch

LINES_SHOWN = 26


@dataclass(frozen=True, slots=True)
class GainsShown:
    """What was said on one day: for each of the four the words of the answer, or nothing."""

    said_at: datetime
    answers: list[str]


def gains_of(person: Person, *, most: int = LINES_SHOWN) -> list[GainsShown]:
    """What I said over time, newest first. Opened for nobody else."""
    rows = list(policy.gains_visible_to(person).order_by("-said_at", "-pk")[:most])
    key = key_of(PERSON, person.pk) if rows else None
    shown = []
    for row in rows:
        said = open_facts(key, row.sealed, row.context) if key else {}
        shown.append(
            GainsShown(
                row.said_at,
                [str(HowMuch(said[each.value]).label) if each.value in said else "" for each in Gain],
            )
        )
    return shown
