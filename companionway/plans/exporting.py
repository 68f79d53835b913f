"""What somebody takes with them: their plans, who may read what of them, and who opened one in danger and why."""

from __future__ import annotations

from typing import Any

from companionway.people.models import Person
from companionway.plans.kinds import KINDS
from companionway.plans.models import PlanOverride, PlanSection, PlanShare
from companionway.plans.opening import open_parts, open_reason


def part(person: Person) -> dict[str, Any]:
    """Mine, and the reasons I wrote myself. Nothing of what others share with me."""
    sections = list(PlanSection.objects.filter(person=person).order_by("pk"))
    opened = open_parts(sections)
    shares = PlanShare.objects.filter(person=person).select_related("reader").order_by("pk")
    return {
        "plans": [
            {
                **_named(each.kind, each.part),
                "written": each.written_at.isoformat(),
                **opened.get(each.pk, {}),
            }
            for each in sections
        ],
        "shared": [
            {
                **_named(share.kind, share.part),
                "with": share.reader.name,
                "since": share.began_at.isoformat(),
                "until": share.until.isoformat(),
                "stopped": share.stopped_at.isoformat() if share.stopped_at else None,
            }
            for share in shares
        ],
        "opened_in_danger": [
            {**_override(each), "by": each.by.name}
            for each in PlanOverride.objects.filter(person=person).select_related("by").order_by("pk")
        ],
        "i_opened_in_danger": [
            _override(each) for each in PlanOverride.objects.filter(by=person).order_by("pk")
        ],
    }


def _override(override: PlanOverride) -> dict[str, str]:
    return {"at": override.opened_at.isoformat(), "reason": open_reason(override)}


def _named(kind: str, part: str) -> dict[str, str]:
    known = KINDS.get(kind)
    if known is None or part not in known.parts:
        return {"plan": kind, "part": part}
    return {"plan": str(known.title), "part": str(known.prompt(part).title)}
