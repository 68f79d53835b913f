"""Open duty screens learn that the queue changed: a signal without content; each asks for what it may see."""

from __future__ import annotations

from companionway.foundation import live
from companionway.noticing.policy import PERMISSION
from companionway.people import roles
from companionway.people.models import Programme, RoleHeld

FRAME = b"event: noticed\ndata: {}\n\n"


def tell(programme_id: int) -> None:
    """To everybody who may see anything of this programme's queue."""
    live.publish(watchers(programme_id), FRAME)


def watchers(programme_id: int) -> list[int]:
    """Those who hold a role here, or in the whole organisation, with which they may see the queue."""
    able = {role for permission in PERMISSION.values() for role in roles.roles_granting(permission)}
    held = RoleHeld.objects.filter(role__in=able, until_at=None)
    here = held.filter(programme=programme_id)
    organisation = Programme.objects.filter(pk=programme_id).values("organisation")
    everywhere = held.filter(programme=None, person__organisation__in=organisation)
    found = here.values_list("person_id", flat=True).union(everywhere.values_list("person_id", flat=True))
    return list(found)
