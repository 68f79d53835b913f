"""Days of work that nobody goes on any more."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from companionway.clubhouse.moving import tell
from companionway.placements.events import CoverAsked
from companionway.placements.models import WorkDay


def ask_days_of(rows: QuerySet[WorkDay], today: date, now: datetime) -> None:
    """Days ahead on which somebody would have gone are asked of others."""
    ahead = rows.filter(day__gte=today).select_related("placement")
    for row in ahead.select_for_update(of=("self",)):
        row.person, row.asked_at = None, now
        row.save(update_fields=["person", "asked_at"])
        tell(CoverAsked, row, row.placement.programme_id, now)
