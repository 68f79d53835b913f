"""How long this room keeps minutes. The days are a default that each association has to decide."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companionway.association import opening
from companionway.association.models import Minutes
from companionway.foundation.retention import Clock, clock


def _old(before: datetime, now: datetime) -> int:
    """Minutes of meetings before that day; with the last of a group that has ended, the key of its words."""
    rows = Minutes.objects.filter(held_on__lt=before.date())
    groups = {each.group_id: each.group for each in rows.select_related("group")}
    rows.update(cleared_at=now)
    gone = rows.delete()[0]
    for group_id, group in groups.items():
        if not group.is_going_on and not Minutes.objects.filter(group=group_id).exists():
            opening.destroy(group_id, now)
    return gone


clock(
    Clock(
        "minutes",
        _("Minutes of members' meetings, with what was decided and who was chosen"),
        3650,
        365,
        36500,
        _("Ten years; what the law of associations asks differs by country; unverified"),
        (
            "association.Minutes",
            "association.Version",
            "association.Decided",
            "association.Chosen",
            "association.Signature",
        ),
        _old,
    )
)
