"""Meetings that a group could meet by."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from companionway.groups.models import Group
from companionway.groups.policy import ARRANGE
from companionway.meetings import policy as meetings
from companionway.meetings.models import Holds, Series
from companionway.people.models import Person


def free_series(actor: Person, group: Group, now: datetime) -> list[Series]:
    """Meetings of the programme that no group has, of the same openness, and theirs to arrange."""
    held = Holds.objects.now(now).filter(series=OuterRef("pk"), person=actor, holds_frame=True)
    here = Series.objects.filter(programme=group.programme_id, of_group=None, is_closed=group.has_list)
    if not actor.holds(ARRANGE, group.programme_id):
        here = here.filter(Exists(held))
    seen = here.filter(pk__in=meetings.visible_to(actor).values("pk"))
    return list(seen.going_on(now).order_by("name", "pk"))
