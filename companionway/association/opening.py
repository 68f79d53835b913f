"""Sealing and opening what an association wrote: with a key of its own, which outlives the talk of its group."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from companionway.foundation import ids, sealing, sweeping

ASSOCIATION: Final = "association"
ids.owners(ASSOCIATION, "groups.Group")
sweeping.holds_plain_facts("association_chosen", "association_signature")


def seal(group_id: int, facts: Any, place: str) -> bytes:
    return sealing.seal_facts(sealing.key_of(ASSOCIATION, group_id), facts, place)


def opened(group_id: int, sealed: bytes | memoryview, place: str) -> dict[str, Any]:
    """What stands there; nothing when it is gone for good."""
    try:
        key = sealing.key_of(ASSOCIATION, group_id)
    except sealing.KeyDestroyed:
        return {}
    return sealing.open_facts(key, sealed, place) if sealed else {}


def destroy(group_id: int, now: datetime) -> None:
    sealing.destroy_key(ASSOCIATION, group_id, now=now)
