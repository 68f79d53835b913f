"""Sealing and opening what stands in a plan, and why somebody opened one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from companionway.foundation import sealing
from companionway.plans.models import PlanOverride, PlanSection, place_of


def seal_part(person_id: int, kind: str, part: str, facts: dict[str, Any]) -> bytes:
    return sealing.seal_facts(sealing.key_of(sealing.PERSON, person_id), facts, place_of(kind, part))


def open_parts(sections: Iterable[PlanSection]) -> dict[int, dict[str, Any]]:
    """What stands in these parts of one person's plans, by section; nothing when they have deleted everything."""
    rows = list(sections)
    if not rows:
        return {}
    try:
        key = sealing.key_of(sealing.PERSON, rows[0].person_id)
    except sealing.KeyDestroyed:
        return {}
    return {row.pk: sealing.open_facts(key, row.sealed_facts, row.place) for row in rows}


def seal_reason(person_id: int, by_id: int, reason: str) -> bytes:
    return _key_of_both(person_id, by_id).seal(reason, "plan_override")


def open_reason(override: PlanOverride) -> str:
    """What they wrote; nothing when they have deleted everything of theirs since."""
    if not override.sealed_reason:
        return ""
    try:
        return _key_of_both(override.person_id, override.by_id).open(override.sealed_reason, "plan_override")
    except sealing.KeyDestroyed:
        return ""


def _key_of_both(person_id: int, by_id: int) -> sealing.SealingKey:
    return sealing.key_of_both(sealing.PERSON, person_id, sealing.PERSON, by_id)
