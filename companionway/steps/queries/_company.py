"""Who may be asked to be alongside, and what two people agreed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companionway.foundation import sealing
from companionway.meetings import policy as meetings
from companionway.people.models import Person
from companionway.safety import queries as safety
from companionway.steps import policy
from companionway.steps.models import Company, CompanyQuerySet
from companionway.support import queries as support


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be asked; `ground` is the walk or the position by which they may."""

    key: str
    person: Person
    ground: Any
    is_walk: bool


def people_to_ask(person: Person, now: datetime) -> list[Choice]:
    """My supporters first, then whoever holds a meeting that I may come to; each person once."""
    kept = safety.people_kept_from(person.pk)
    found: dict[int, Choice] = {}
    for walk in support.relationships_of(person):
        if walk.supporter_id not in kept and policy.could_ask_supporter(person, walk):
            found.setdefault(walk.supporter_id, Choice(f"w{walk.pk}", walk.supporter, walk, True))
    series = meetings.enterable_by(person).going_on(now).select_related("programme").order_by("name", "pk")
    for each in series.prefetch_related("holders__person"):
        for hold in each.holders.all():
            hold.series = each
            new = hold.person_id not in {person.pk, *kept, *found}
            if new and hold.person.erased_at is None and policy.could_ask_holder(person, hold, now):
                found[hold.person_id] = Choice(f"h{hold.pk}", hold.person, hold, False)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Shown:
    """An agreement as one of its two sees it; without words where it is over."""

    row: Company
    other: Person
    is_mine: bool
    is_live: bool
    words: str
    called: str


def words_of(rows: Iterable[Company]) -> dict[int, dict[str, str]]:
    """{"words", "called"} of each, with the keys of both; nothing of one whose key is gone."""
    found = list(rows)
    keys = sealing.keys_of_both(sealing.PERSON, sealing.PERSON, [each.people_ids for each in found])
    return {
        each.pk: sealing.open_facts(keys[each.people_ids], each.sealed, each.place)
        for each in found
        if each.people_ids in keys
    }


def _shown(rows: CompanyQuerySet, person: Person, *, is_live: bool) -> list[Shown]:
    found = list(rows.select_related("member", "companion", "meeting__series", "relationship"))
    words = words_of(found) if is_live else {}
    return [
        Shown(
            each,
            each.other_of(person),
            each.member_id == person.pk,
            is_live,
            words.get(each.pk, {}).get("words", ""),
            words.get(each.pk, {}).get("called", ""),
        )
        for each in found
    ]


def open_now(person: Person, now: datetime) -> list[Shown]:
    """Every agreement of mine that goes on, from either side (`is_mine`: I asked), the next first."""
    rows = policy.companies_open_to(person, now).order_by("starts_at", "pk")
    return _shown(rows, person, is_live=True)


def mine_now(person: Person, now: datetime) -> list[Shown]:
    """Whom I asked to be alongside."""
    return [each for each in open_now(person, now) if each.is_mine]


def asked_of_me(person: Person, now: datetime) -> list[Shown]:
    """Who asked me to be alongside."""
    return [each for each in open_now(person, now) if not each.is_mine]


def company_of_step(person: Person, public_id: str, now: datetime) -> Shown | None:
    """The agreement that goes with a step of mine, as long as it goes on."""
    if not public_id:
        return None
    rows = policy.companies_open_to(person, now).filter(member=person, public_id=public_id)
    return next(iter(_shown(rows, person, is_live=True)), None)


def company_shown(person: Person, public_id: str, now: datetime) -> Shown | None:
    """One agreement of mine, from either side; once over, only that it was."""
    open_now = policy.companies_open_to(person, now).filter(public_id=public_id)
    if found := _shown(open_now, person, is_live=True):
        return found[0]
    return next(
        iter(_shown(policy.companies_of(person).filter(public_id=public_id), person, is_live=False)), None
    )


def agreed_for(actor: Person, now: datetime, meeting: Any = None) -> list[tuple[Company, dict[str, str]]]:
    """For whoever holds a meeting: the agreed words that members ticked for them, of one meeting or of all ahead.

    {"words", "called"}, and nothing else of anybody: neither whose words they are nor who is alongside.
    """
    apart = safety.never_with_pairs()
    rows = policy.told_to_holders(actor, now).select_related("meeting__series").order_by("starts_at", "pk")
    if meeting is not None:
        rows = rows.filter(meeting=meeting)
    found = [each for each in rows if each.people_ids not in apart]
    words = words_of(found)
    return [(each, words[each.pk]) for each in found if each.pk in words]
