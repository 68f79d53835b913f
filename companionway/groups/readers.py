"""Who reads what somebody of a group writes to those who hold it."""

from __future__ import annotations

from datetime import datetime

from companionway.groups.models import Group, Meets
from companionway.people.models import Person
from companionway.safety import queries as safety


def of_talk_wish(actor: Person, to: Person, group: Group, now: datetime) -> list[Person]:
    """Who reads it: the one who was asked. No adult is alone with a young person's words: then all who hold the group.

    Empty where only one could read what two must. Source: domain.md 1.2, young people.
    """
    if not group.programme.keeps_adults_apart or actor.age_band == to.age_band:
        return [to]
    held = {"series__holders__until_at": None, "series__holders__holds_frame": True}
    rows = Meets.objects.filter(group=group, series__holders__since_at__lte=now, **held)
    kept = safety.people_kept_from(actor.pk)
    found = Person.objects.here().filter(pk__in=rows.values("series__holders__person")).exclude(pk__in=kept)
    readers = list(found.exclude(pk=actor.pk).order_by("pk"))
    return readers if len(readers) > 1 else []
