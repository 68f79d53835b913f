"""Sealing and opening this room's words. Private to the room: who may read is decided before anybody calls this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companionway.concerns.models import CONCERN, Concern, Decision, Task, Voice
from companionway.foundation import sealing


@dataclass(frozen=True, slots=True)
class Said:
    """One voice, opened. `gone`: whoever said it has deleted everything."""

    voice: Voice
    words: str = ""
    extract: str = ""
    is_threat: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, opened."""

    decision: Decision
    words: str
    who: str
    when: str

    @property
    def written_at(self) -> datetime:
        return self.decision.written_at


def seal_voice(voice: Voice, words: str, extract: str, is_threat: bool) -> None:
    """What somebody said goes with them, and the message they attached goes with whose words it is."""
    facts = {"words": words, "threat": is_threat}
    voice.sealed = sealing.seal_facts(_voice_key(voice), facts, f"voice:{voice.pk}")
    if extract:
        voice.sealed_extract = _extract_key(voice).seal(extract, f"extract:{voice.pk}")


def _voice_key(voice: Voice) -> sealing.SealingKey:
    if voice.person_id is None:
        raise sealing.KeyDestroyed(f"voice:{voice.pk}")
    return sealing.key_of_both(CONCERN, voice.concern_id, sealing.PERSON, voice.person_id)


def _extract_key(voice: Voice) -> sealing.SealingKey:
    """A message is its author's, and that is whom the concern is about."""
    if voice.concern.about_id is None:
        raise sealing.KeyDestroyed(f"extract:{voice.pk}")
    return sealing.key_of_both(CONCERN, voice.concern_id, sealing.PERSON, voice.concern.about_id)


def _open_extract(voice: Voice) -> str:
    try:
        sealed = voice.sealed_extract
        return _extract_key(voice).open(sealed, f"extract:{voice.pk}") if sealed else ""
    except sealing.KeyDestroyed:
        return ""


def open_voice(voice: Voice) -> Said:
    extract = _open_extract(voice)
    try:
        if voice.sealed is None:
            return Said(voice, extract=extract, gone=voice.person_id is None)
        facts = sealing.open_facts(_voice_key(voice), voice.sealed, f"voice:{voice.pk}")
    except sealing.KeyDestroyed:
        return Said(voice, extract=extract, gone=True)
    return Said(voice, facts["words"], extract, facts["threat"])


def seal_decision(concern: Concern, place: str, facts: dict[str, Any]) -> bytes:
    return sealing.seal_facts(sealing.key_of(CONCERN, concern.pk), facts, f"decision:{place}")


def open_decision(decision: Decision) -> Decided:
    try:
        key = sealing.key_of(CONCERN, decision.concern_id)
    except sealing.KeyDestroyed:
        return Decided(decision, "", "", "")
    facts = sealing.open_facts(key, decision.sealed, f"decision:{decision.kind}")
    return Decided(decision, facts["words"], facts["who"], facts["when"])


def _task_key(task: Task) -> sealing.SealingKey:
    """What somebody says of how it went is theirs."""
    if task.done_by_id is None:
        raise sealing.KeyDestroyed(f"task:{task.public_id}")
    return sealing.key_of_both(CONCERN, task.concern_id, sealing.PERSON, task.done_by_id)


def seal_task(task: Task, words: str) -> bytes | None:
    return _task_key(task).seal(words, f"task:{task.public_id}") if words else None


def open_task(task: Task) -> str:
    try:
        return _task_key(task).open(task.sealed, f"task:{task.public_id}") if task.sealed else ""
    except sealing.KeyDestroyed:
        return ""
