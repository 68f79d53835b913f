"""A stand-in, to go when `meetings.services.begin_series` is there: writes a series straight down, for tests and the
demonstration. Pages do not use it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from companionway.groups.models import Group, Meets


def begin_series(*, group: Group, starts_on: date, begins: time, now: datetime, **more: Any) -> Any:
    """A weekly series of this group, closed where the group keeps a list."""
    model: Any = Meets._meta.get_field("series").related_model
    said = {"zone": "Europe/London", "way": "room", "rule": "FREQ=WEEKLY", "name": group.name, **more}
    return model.objects.create(
        programme=group.programme,
        starts_on=starts_on,
        begins=begins,
        is_closed=group.has_list,
        created_at=now,
        changed_at=now,
        **said,
    )
