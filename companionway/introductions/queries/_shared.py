"""What people shared, opened for many at once, and only as wide as its owner allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from companionway.foundation.sealing import PERSON, KeyDestroyed, key_of, open_facts, preload
from companionway.people.models import Audience, ItemKind, ProfileItem
from companionway.people.topics import label_of

SHOWN_KINDS = (ItemKind.STORY, ItemKind.MATTERS, ItemKind.EXPERIENCE, ItemKind.GOAL, ItemKind.IDENTITY)


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing somebody shared, in the words it is shown in."""

    kind: str
    key: str
    audience: str
    words: str

    @property
    def may_be_read(self) -> bool:
        """False for what only counts in matching: it is never shown to anybody but its owner."""
        return self.audience in Audience.at_least(Audience.SUPPORTER)


@dataclass(slots=True)
class Counted:
    """One person's keys: all that may count, and those of them that may also be named."""

    topics: set[str] = field(default_factory=set)
    open_topics: set[str] = field(default_factory=set)
    identity: set[str] = field(default_factory=set)
    open_identity: set[str] = field(default_factory=set)
    open_goals: set[str] = field(default_factory=set)


def counted(person_ids: Collection[int]) -> dict[int, Counted]:
    """The keys of each person that may count in matching. Hopes count only when they may be read as well."""
    found: dict[int, Counted] = {pk: Counted() for pk in person_ids}
    kinds = [ItemKind.EXPERIENCE, ItemKind.GOAL, ItemKind.IDENTITY]
    for pk, items in _opened(person_ids, Audience.MATCHING, kinds).items():
        for item in items:
            _count(found[pk], item)
    return found


def readable(person_ids: Collection[int]) -> dict[int, list[Shared]]:
    """What a supporter may read of each person before and after they meet: nothing that is for matching only."""
    return _opened(person_ids, Audience.SUPPORTER, list(SHOWN_KINDS))


def _count(person: Counted, item: Shared) -> None:
    if not item.key:
        return
    if item.kind == ItemKind.EXPERIENCE:
        person.topics.add(item.key)
        if item.may_be_read:
            person.open_topics.add(item.key)
    elif item.kind == ItemKind.IDENTITY:
        person.identity.add(item.key)
        if item.may_be_read:
            person.open_identity.add(item.key)
    elif item.may_be_read:
        person.open_goals.add(item.key)


def _opened(person_ids: Collection[int], least: Audience, kinds: list[ItemKind]) -> dict[int, list[Shared]]:
    rows = list(
        ProfileItem.objects.filter(
            person__in=person_ids, kind__in=kinds, audience__in=Audience.at_least(least)
        ).order_by("pk")
    )
    preload(PERSON, sorted({row.person_id for row in rows}))
    found: dict[int, list[Shared]] = defaultdict(list)
    for row in rows:
        try:
            facts = open_facts(key_of(PERSON, row.person_id), row.sealed, f"profile:{row.public_id}")
        except KeyDestroyed:  # erased a moment ago
            continue
        words = facts["text"] or label_of(row.kind, facts["key"])
        found[row.person_id].append(Shared(row.kind, facts["key"], row.audience, words))
    return found
