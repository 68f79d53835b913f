"""What goes when somebody deletes everything."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.people.models import Person
from companionway.plans.models import PlanOverride, PlanSection, PlanShare


def part(person: Person, now: datetime) -> dict[str, int]:
    """Their plans, who could read them, and what others let them read. A reason they wrote goes; that it was stays."""
    plan, _ = PlanSection.objects.filter(person=person).delete()
    PlanShare.objects.filter(Q(person=person) | Q(reader=person)).delete()
    PlanOverride.objects.filter(person=person).delete()
    PlanOverride.objects.filter(by=person).update(sealed_reason=b"")
    return {"plan": plan}
