"""Who may see figures: those with a role for it, and only of programmes that report anything upward."""

from __future__ import annotations

from django.db.models import QuerySet

from companionway.foundation.policy import YES, Verdict, no
from companionway.people.models import Person, Programme

FAIRNESS = "insight.fairness"


WHO_READ_HAZARDS = (FAIRNESS, "people.administer", "safeguarding.record")


def programmes_visible_to(actor: Person) -> QuerySet[Programme]:
    """Traditions in which nothing is reported upward have no figures here."""
    mine = Programme.objects.filter(pk__in=actor.programmes_with(FAIRNESS), coordinator_sees=True)
    return mine.select_related("organisation").order_by("name", "pk")


def may_view_fairness(actor: Person) -> Verdict:
    return YES if actor.holds(FAIRNESS) else no("")


def may_view_hazards(actor: Person) -> Verdict:
    """Coordinators, administrators and safeguarding leads: whoever answers for the service."""
    return YES if any(actor.holds(each) for each in WHO_READ_HAZARDS) else no("")
