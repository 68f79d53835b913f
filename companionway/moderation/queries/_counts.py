"""What is counted: decisions by reason and outcome without a name; and who was told of more than once, for a human."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from companionway.moderation import policy
from companionway.moderation.models import Decision
from companionway.moderation.near import one_of_each
from companionway.moderation.states import Outcome, State
from companionway.people.models import Person
from companionway.safety import policy as safety
from companionway.safety.states import Reason


@dataclass(frozen=True, slots=True)
class LogRow:
    """How often something was decided for a reason, and what came of it."""

    reason: str
    outcome: str
    decisions: int
    by_two: int
    appealed: int
    changed: int
    taken_back: int
    messages_away: int


def log(actor: Person) -> list[LogRow]:
    """Of one's own organisation, without what only waits or was handed back. No names, no words, no days."""
    if not policy.may_see_log(actor):
        return []
    here = Decision.objects.filter(programme__organisation=actor.organisation_id)
    rows = here.filter(holds_at__isnull=False).values_list(
        "reason", "outcome", "state", "second_id", "appeal__id", "taken_away_at"
    )
    count: Counter[tuple[str, str, str]] = Counter()
    for reason, outcome, state, second, appealed, away in rows:
        whats = {
            "all": True, "two": second is not None, "appealed": appealed is not None,
            "changed": state == State.CHANGED, "back": state == State.OVERTURNED,
            "away": away is not None,
        }  # fmt: skip
        count.update((reason, outcome, what) for what, is_so in whats.items() if is_so)
    kinds = sorted({(reason, outcome) for reason, outcome, _what in count})
    return [
        LogRow(
            str(Reason(reason).label),
            str(Outcome(outcome).label),
            *(count[reason, outcome, what] for what in ("all", "two", "appealed", "changed", "back", "away")),
        )
        for reason, outcome in kinds
    ]


def log_csv(actor: Person) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "reason",
            "outcome",
            "decisions",
            "by_two_people",
            "appealed",
            "changed",
            "taken_back",
            "messages_taken_away",
        ]
    )
    for row in log(actor):
        writer.writerow(
            [
                row.reason,
                row.outcome,
                row.decisions,
                row.by_two,
                row.appealed,
                row.changed,
                row.taken_back,
                row.messages_away,
            ]
        )
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody of whom more than one person told: a hint for a human, never a mark."""

    names: list[str]
    people: int
    told: list[tuple[datetime, str]]


def again(actor: Person) -> list[Again]:
    """By name, never by number: in the programmes whose reports the actor answers; names of one person together."""
    if not policy.may_see_again(actor):
        return []
    rows = (
        safety.reports_answerable_by(actor).exclude(about=None).exclude(reporter=None).order_by("reported_at")
    )
    by_person: dict[int, list[tuple[int, datetime, str]]] = {}
    told_of = list(rows.values_list("about_id", "reporter_id", "reported_at", "reason"))
    groups = one_of_each({about for about, *_rest in told_of})
    for about, reporter, at, reason in told_of:
        words = str(Reason(reason).label) if reason else ""
        by_person.setdefault(groups[about], []).append((reporter, at, words))
    names: dict[int, list[str]] = {}
    for pk, name in Person.objects.filter(pk__in=groups).order_by("name").values_list("pk", "name"):
        names.setdefault(groups[pk], []).append(name)
    found = [
        Again(names.get(key, []), len({row[0] for row in told}), [(at, words) for _by, at, words in told])
        for key, told in by_person.items()
        if len({row[0] for row in told}) > 1
    ]
    return sorted(found, key=lambda each: [name.casefold() for name in each.names])
