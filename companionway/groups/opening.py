"""Sealing and opening what a group wrote: with the group's own key, which goes when what it wrote goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from companionway.foundation import ids, sealing
from companionway.groups.models import Group

GROUP: Final = "group"
ids.owners(GROUP, "groups.Group")


def seal(group_id: int, facts: Any, place: str) -> bytes:
    return sealing.seal_facts(sealing.key_of(GROUP, group_id), facts, place)


def sentences_of(version: Any) -> list[str]:
    """What a group agreed; nothing when it is gone for good."""
    try:
        key = sealing.key_of(GROUP, version.group_id)
    except sealing.KeyDestroyed:
        return []
    return sealing.open_facts(key, version.sealed, version.place) or []


Keys = Mapping[tuple[int, int | None], sealing.SealingKey]


def put(thing: Any, facts: dict[str, Any]) -> None:
    """Seal the words of a proposal, a poll or a pin: with the key of whoever's they still are as well, so that they are
    gone, in backups too, when that person deletes everything. What was decided is sealed anew, as the group's own.
    """
    key = sealing.key_of(GROUP, thing.group_id)
    if thing.still_of is not None:
        key = key_with(thing.group_id, thing.still_of)
    thing.sealed = sealing.seal_facts(key, facts, thing.place)


def keys_of(things: Iterable[Any]) -> Keys:
    """The keys of several proposals, polls or pins, with one question."""
    pairs = {(each.group_id, each.still_of) for each in things}
    return sealing.keys_of_both(GROUP, sealing.PERSON, pairs) if pairs else {}


def facts_of(thing: Any, keys: Keys | None = None) -> dict[str, Any]:
    """The words of a proposal, a poll or a pin; none when they are gone for good."""
    key = (keys_of([thing]) if keys is None else keys).get((thing.group_id, thing.still_of))
    return sealing.open_facts(key, thing.sealed, thing.place) if key else {}


def seal_between(one_id: int, other_id: int, words: str, place: str) -> bytes:
    """Words from one to another: gone as soon as either deletes everything."""
    return sealing.key_of_both(sealing.PERSON, one_id, sealing.PERSON, other_id).seal(words, place)


def open_between(one_id: int, other_id: int, sealed: bytes | memoryview, place: str) -> str:
    if not sealed:
        return ""
    try:
        return sealing.key_of_both(sealing.PERSON, one_id, sealing.PERSON, other_id).open(sealed, place)
    except sealing.KeyDestroyed:
        return ""


def key_with(group_id: int, person_id: int) -> sealing.SealingKey:
    """For one person's words in a group: gone with the group's key as with their own."""
    return sealing.key_of_both(GROUP, group_id, sealing.PERSON, person_id)


def reached_by(row: Any) -> str:
    try:
        return key_with(row.group_id, row.person_id).open(row.sealed, row.place)
    except sealing.KeyDestroyed:
        return ""


def destroy(group: Group, now: Any) -> None:
    sealing.destroy_key(GROUP, group.pk, now=now)
