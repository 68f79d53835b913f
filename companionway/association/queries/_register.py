"""The members' register and the officers' terms, read from who belongs and who holds what. Nothing of it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companionway.association.states import ELECTION_NEAR, Term
from companionway.groups import queries as groups
from companionway.people.group_rules import GroupRules
from companionway.people.models import Person, Stop


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: nothing of how anybody is, and nothing of whether they came."""

    person_id: int
    public_id: str
    name: str
    since_at: datetime | None
    votes: bool
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An elected office, who holds it, and when the members vote on it again."""

    key: str
    label: str
    name: str
    since_at: datetime | None
    until_at: datetime | None
    term: Term
    person_id: int | None = None

    @property
    def is_due(self) -> bool:
        return self.term != Term.RUNS


def offices_of(group: Any, rules: GroupRules, now: datetime) -> list[Office]:
    """Every elected office of the tradition in its order: for each who holds it; as vacant where nobody does."""
    held: dict[str, list[groups.Held]] = {}
    for each in groups.holders_of(group, rules):
        held.setdefault(each.key, []).append(each)
    return [
        office
        for role in rules.roles
        if role.elected
        for office in (
            [_office(role.key, role.label, each, now) for each in held.get(role.key, ())]
            or [Office(role.key, role.label, "", None, None, Term.VACANT)]
        )
    ]


def _office(key: str, label: str, held: groups.Held, now: datetime) -> Office:
    until, term = held.passes_on_at, Term.RUNS
    if until is not None and until <= now:
        term = Term.OVER
    elif until is not None and until - ELECTION_NEAR <= now:
        term = Term.NEAR
    return Office(key, label, held.name, held.since_at, until, term, held.person_id)


def register_of(group: Any, rules: GroupRules) -> list[Entry]:
    """Who is a member and who votes: members by name, then whoever holds a position without being one."""
    offices: dict[int, list[str]] = {}
    # Person -> (public id, name, member since).
    people: dict[int, tuple[str, str, datetime | None]] = {}
    for each in groups.holders_of(group, rules):
        offices.setdefault(each.person_id, []).append(each.role)
        people[each.person_id] = (each.public_id, each.name, None)
    fields = ("person_id", "person__public_id", "person__name", "came_at")
    for person_id, public_id, name, came_at in group.members.filter(person__erased_at=None).values_list(
        *fields
    ):
        people[person_id] = (public_id, name, came_at)
    stopped = _stopped(set(people), group)
    entries = [
        Entry(pk, public_id, name, since_at, pk not in stopped, tuple(offices.get(pk, ())))
        for pk, (public_id, name, since_at) in people.items()
    ]
    return sorted(entries, key=lambda each: (each.since_at is None, each.name.casefold(), each.person_id))


def _stopped(person_ids: set[int], group: Any) -> set[int]:
    """Whoever takes no part at the moment does not vote at the moment."""
    stops = Stop.objects.live().filter(person__in=person_ids)
    return {
        person_id
        for person_id, programme_id in stops.values_list("person_id", "programme_id")
        if programme_id in (None, group.programme_id)
    }


def entry_of(actor: Person, group: Any, rules: GroupRules) -> Entry | None:
    """One's own line."""
    return next((each for each in register_of(group, rules) if each.person_id == actor.pk), None)


def voters(group: Any, rules: GroupRules) -> int:
    """Of how many a quorum is counted."""
    return sum(each.votes for each in register_of(group, rules))
