"""Who hears of a turn that is left to nobody."""

from __future__ import annotations

from datetime import datetime

from companionway.oncall import policy
from companionway.people.models import Organisation


def told_of_gaps(organisation_id: int, person_id: int, now: datetime) -> set[int]:
    """Those who keep the rota, other than the one who left; where that is nobody, everybody else who can stand."""
    here = Organisation(pk=organisation_id)
    for people in (policy.keepers(here, now), policy.people_who_may_stand(here, now)):
        if others := set(people.exclude(pk=person_id).values_list("pk", flat=True)):
            return others
    return set()
