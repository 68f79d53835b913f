"""Sealing and opening the telephone list. Private to the room: who may read is decided before anybody calls this."""

from __future__ import annotations

from companionway.foundation import sealing
from companionway.oncall.models import PHONE, Telephone

_PARTS = ("name", "number", "said_for")


def seal(entry: Telephone, *, name: str, number: str, said_for: str) -> None:
    key = sealing.key_of(PHONE, entry.pk)
    entry.sealed_name = key.seal(name, "name")
    entry.sealed_number = key.seal(number, "number")
    entry.sealed_said_for = key.seal(said_for, "said_for")


def opened(entry: Telephone) -> dict[str, str]:
    """Name, number and what is said for it; empty when it was deleted for good."""
    try:
        key = sealing.key_of(PHONE, entry.pk)
    except sealing.KeyDestroyed:
        return dict.fromkeys(_PARTS, "")
    sealed = {part: getattr(entry, f"sealed_{part}") for part in _PARTS}
    return {part: key.open(blob, part) if blob else "" for part, blob in sealed.items()}
