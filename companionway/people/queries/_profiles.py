"""What a person shares and needs, opened only for those they chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from companionway.foundation import sealing
from companionway.people.models import Audience, ItemKind, Person, ProfileItem
from companionway.people.nights import night_of
from companionway.people.policy import YOUNG
from companionway.people.queries._organisation import programmes_of
from companionway.people.topics import label_of


@dataclass(frozen=True, slots=True)
class Item:
    """One opened profile item. `label` is the topic in plain words, or empty for own words alone."""

    public_id: str
    kind: str
    key: str
    text: str
    audience: str
    label: str

    @property
    def kind_words(self) -> str:
        return str(ItemKind(self.kind).label)

    @property
    def audience_words(self) -> str:
        return str(Audience(self.audience).label)


@dataclass(frozen=True, slots=True)
class Needs:
    """How to be with this person: told once, asked of them never again."""

    languages: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    safe_times: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    words: str = ""

    @classmethod
    def read(cls, facts: dict[str, Any] | None) -> Needs:
        known = {name: facts[name] for name in asdict(cls()) if facts and name in facts}
        return cls(**known)


def profile_items(person: Person, *, seen_by: Audience) -> list[Item]:
    """The person's items as `seen_by` sees them, oldest first: NOBODY is the person themselves and sees all.

    MATCHING gives what may be used to find a fit; none of that may be shown to anybody. Two queries.
    """
    rows = ProfileItem.objects.filter(person=person, audience__in=Audience.at_least(seen_by)).order_by("pk")
    found = list(rows)
    if not found:
        return []
    key = sealing.key_of(sealing.PERSON, person.pk)
    return [_opened(row, key) for row in found]


def _opened(row: ProfileItem, key: sealing.SealingKey) -> Item:
    facts = sealing.open_facts(key, row.sealed, f"profile:{row.public_id}")
    return Item(
        row.public_id, row.kind, facts["key"], facts["text"], row.audience, label_of(row.kind, facts["key"])
    )


def experience_keys(people: Sequence[Person], at_least: Audience) -> dict[int, set[str]]:
    """For each person the topic keys of lived experience whose audience is `at_least` or wider. Two queries."""
    found: dict[int, set[str]] = {person.pk: set() for person in people}
    here = [person.pk for person in people if person.erased_at is None]
    audiences = Audience.at_least(at_least)
    rows = list(ProfileItem.objects.filter(person__in=here, kind=ItemKind.EXPERIENCE, audience__in=audiences))
    sealing.preload(sealing.PERSON, sorted({row.person_id for row in rows}))
    for row in rows:
        item = _opened(row, sealing.key_of(sealing.PERSON, row.person_id))
        if item.key:
            found[row.person_id].add(item.key)
    return found


def needs_of(person: Person) -> Needs:
    """What the person said about being reached and being with; empty when they said nothing."""
    if not person.sealed_needs:
        return Needs()
    key = sealing.key_of(sealing.PERSON, person.pk)
    return Needs.read(sealing.open_facts(key, person.sealed_needs, "needs"))


def is_quiet_now(person: Person, now: datetime) -> bool:
    """Whether `now` lies in the person's quiet hours, in their own time zone (past midnight too)."""
    if person.quiet_from is None or person.quiet_until is None:
        return False
    local = now.astimezone(_zone(person.time_zone)).time()
    return _between(local, person.quiet_from, person.quiet_until)


def night_ends(person: Person, now: datetime) -> datetime | None:
    """When the night of a programme is over for somebody young who takes part in it; None by day, and for adults."""
    if person.age_band != YOUNG:
        return None
    nights = (night_of(each) for each in programmes_of(person).select_related("organisation"))
    ends = [end for night in nights if night and (end := night.ends_at(now))]
    return max(ends, default=None)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _between(moment: time, since: time, until: time) -> bool:
    if since <= until:
        return since <= moment < until
    return moment >= since or moment < until
