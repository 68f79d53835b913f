"""Sealing and opening this room's words. Private to the room: who may read is decided before anybody calls this."""

from __future__ import annotations

from companionway.foundation import sealing
from companionway.moderation.models import Decision, Seat
from companionway.moderation.states import DECISION

FACTS, BACK, APPEAL, VIEW, MESSAGE = "facts", "back", "appeal", "view", "message"


def seal(decision: Decision, words: str, place: str) -> bytes | None:
    return sealing.key_of(DECISION, decision.pk).seal(words, place) if words else None


def opened(decision: Decision, sealed: bytes | memoryview | None, place: str) -> str:
    try:
        return sealing.key_of(DECISION, decision.pk).open(sealed, place) if sealed else ""
    except sealing.KeyDestroyed:
        return ""


def seal_message(decision: Decision, words: dict[str, str]) -> bytes:
    """{"text", "note"}: the words as they stood."""
    return sealing.seal_facts(sealing.key_of(DECISION, decision.pk), words, MESSAGE)


def message_words(decision: Decision) -> dict[str, str]:
    if not decision.sealed_message:
        return {}
    try:
        key = sealing.key_of(DECISION, decision.pk)
    except sealing.KeyDestroyed:
        return {}
    words: dict[str, str] = sealing.open_facts(key, bytes(decision.sealed_message), MESSAGE)
    return words


def _seat_key(seat: Seat) -> sealing.SealingKey:
    return sealing.key_of_both(DECISION, seat.decision_id, sealing.PERSON, seat.person_id)


def seal_view(seat: Seat, words: str) -> bytes:
    return _seat_key(seat).seal(words, VIEW)


def open_view(seat: Seat) -> str:
    try:
        return _seat_key(seat).open(seat.sealed_view, VIEW) if seat.sealed_view else ""
    except sealing.KeyDestroyed:
        return ""
