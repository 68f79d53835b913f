"""Who takes no part at the moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Q

from companionway.foundation.prepared import Prepared, slot
from companionway.people.models import Person, Programme, Stop


def takes_no_part(person: Any, programme: Any) -> Exists:
    """A condition: whether a person (an id, or a reference to one) takes no part in a programme at the moment."""
    return Exists(Stop.objects.live().filter(Q(programme=None) | Q(programme=programme), person=person))


_STOPS = Prepared(
    lambda: Stop.objects.covering(slot("person"), slot("programme")).order_by().values_list("pk", flat=True)
)


def is_stopped(person: Person | int, programme: Programme | int) -> bool:
    """Whether this person takes no part in this programme at the moment."""
    person_id = person.pk if isinstance(person, Person) else person
    programme_id = programme.pk if isinstance(programme, Programme) else programme
    return bool(_STOPS.all(person=person_id, programme=programme_id))


def stops_of(person_ids: Collection[int]) -> list[Stop]:
    """What holds now for these people by itself, not because it went over from another name."""
    return list(Stop.objects.live().filter(person__in=person_ids, goes_with=None))


def stops_gone_over(person_ids: Collection[int]) -> list[Stop]:
    found = Stop.objects.live().filter(person__in=person_ids, goes_with__isnull=False)
    return list(found.select_related("goes_with"))


def over(now: datetime) -> list[Stop]:
    """Stops whose days are over."""
    timed = Stop.objects.live().filter(goes_with=None, days__isnull=False).select_related("person")
    return [each for each in timed if now >= each.began_at + timedelta(days=each.days or 0)]
