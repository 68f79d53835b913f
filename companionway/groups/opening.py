"""Sealing and opening what a group wrote: with the group's own key, which goes when what it wrote goes."""

from __future__ import annotations

from typing import Any, Final

from companionway.foundation import ids, sealing
from companionway.groups.models import Group

GROUP: Final = "group"
ids.owners(GROUP, "groups.Group")


def seal(group_id: int, facts: Any, place: str) -> bytes:
    return sealing.seal_facts(sealing.key_of(GROUP, group_id), facts, place)


def key_for(group_id: int) -> sealing.SealingKey | None:
    """The key of a group, once for a whole page; None when what it wrote is gone for good."""
    try:
        return sealing.key_of(GROUP, group_id)
    except sealing.KeyDestroyed:
        return None


def opened(group_id: int, sealed: bytes, place: str, key: sealing.SealingKey | None = None) -> Any:
    """What stands there; None when it is gone for good."""
    key = key or key_for(group_id)
    return sealing.open_facts(key, sealed, place) if sealed and key else None


def sentences_of(version: Any) -> list[str]:
    return opened(version.group_id, version.sealed, version.place) or []


def facts_of(thing: Any, key: sealing.SealingKey | None = None) -> dict[str, Any]:
    """The words of a proposal, a poll or a pin."""
    return opened(thing.group_id, thing.sealed, thing.place, key) or {}


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


def tree_key(group_id: int, person_id: int) -> sealing.SealingKey:
    """How somebody can be reached: gone with the group's key as with their own."""
    return sealing.key_of_both(GROUP, group_id, sealing.PERSON, person_id)


def reached_by(row: Any) -> str:
    try:
        return tree_key(row.group_id, row.person_id).open(row.sealed, row.place)
    except sealing.KeyDestroyed:
        return ""


def destroy(group: Group, now: Any) -> None:
    sealing.destroy_key(GROUP, group.pk, now=now)
