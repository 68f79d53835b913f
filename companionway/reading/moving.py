"""What every deed here shares: the walk and the row under lock, in this order, and the ids in the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from companionway.foundation.policy import Refused
from companionway.people.models import Person
from companionway.reading import policy
from companionway.reading.models import PageReading
from companionway.reading.states import ReadingState
from companionway.support import pages


class OutOfDate(Refused):
    """Something changed meanwhile; what was typed is not lost, it waits in the form."""


def taken(actor: Person, reading: PageReading) -> PageReading:
    """The row, locked together with its walk, for whoever may open it now; Refused for anybody else."""
    walk = pages.held(reading.note_id)
    rows = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=reading.pk)
    locked = rows.select_related("note", "supervision__supervisor").first()
    if locked is None:
        raise Refused(_("This is not open to you."))
    locked.note.relationship = walk
    return locked


def whom(reading: PageReading, actor: Person | None, about_id: int | None = None) -> dict[str, Any]:
    """The ids that every event about a page carries."""
    walk = reading.note.relationship
    return {
        "actor_id": actor.pk if actor else None,
        "about_id": about_id,
        "subject": f"reading:{reading.pk}",
        "reading_id": reading.pk,
        "version": reading.version,
        "member_id": walk.member_id,
        "supporter_id": walk.supporter_id,
        "supervisor_id": reading.supervision.supervisor_id,
        "programme_id": walk.programme_id,
    }


def move(reading: PageReading, to: ReadingState, *fields: str) -> None:
    """Move along the table of moves and save; Refused when the table knows no such move."""
    if not reading.may_move(to):
        raise Refused(_("This has changed meanwhile. Please look at the page again."))
    reading.state = to
    reading.save(update_fields=["state", *fields])
