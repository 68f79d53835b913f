"""A place at a meeting that has only so many: taken, waited for in order, given back in one press.

Where a tradition does not keep who comes, there is nothing here: whoever comes first has a place, and the door says
when it is full. The database refuses a row (`models._places`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from companionway.foundation.events import announce
from companionway.foundation.policy import require
from companionway.meetings import policy, queries
from companionway.meetings.events import PlaceGiven, PlacesChosen
from companionway.meetings.models import Meeting, Place
from companionway.people.models import Person
from companionway.reasoning import queueing


def _locked(meeting: Meeting) -> Meeting:
    """The meeting's row is the lock: two people never have the last place."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("series__programme")
    return rows.get(pk=meeting.pk)


@transaction.atomic
def ask_for_place(*, actor: Person, meeting: Meeting, now: datetime) -> Place:
    """Want to come. Whoever may have a place has it at once; otherwise they wait their turn. Raises Refused where
    there is no list or it is too late. Twice is once. Source of the order: `reasoning.queueing`."""
    row = _locked(meeting)
    require(policy.may_ask_for_place(actor, row, now))
    place, is_new = Place.objects.get_or_create(meeting=row, person=actor, defaults={"asked_at": now})
    if is_new:
        give_places(row, but=actor, now=now)
        place.refresh_from_db()
        announce(PlacesChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)
    return place


@transaction.atomic
def give_place_back(*, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Not come after all, or wait no longer, without a reason. No row stays; the place goes to whoever is next."""
    row = _locked(meeting)
    if Place.objects.filter(meeting=row, person=actor).delete()[0]:
        give_places(row, now=now)
        announce(PlacesChosen(actor_id=actor.pk, subject=f"person:{actor.pk}"), at=now)


def give_places(meeting: Meeting, *, now: datetime, but: Person | None = None) -> int:
    """Free places go to those who wait, in order, inside the deed that freed them. Whoever may not come just now is
    passed over and keeps their turn. How many; each but `but` (who is looking) is told."""
    rows = {each.pk: each for each in meeting.places.select_related("person")}
    free, given = queries.free_places(meeting), 0
    for key in _waiting(list(rows.values())):
        if given >= free:
            break
        row = rows[key]
        # Asked for each in turn: whoever got a place just now counts for the next.
        if not policy.may_have_place(row.person, meeting, now):
            continue
        row.is_held = True
        row.save(update_fields=["is_held"])
        given += 1
        if but is None or row.person_id != but.pk:
            subject = f"person:{row.person_id}"
            announce(PlaceGiven(actor_id=None, about_id=row.person_id, subject=subject), at=now)
    return given


def _waiting(rows: list[Place]) -> list[int]:
    queue = [queueing.Waits(row.pk, row.asked_at) for row in rows if not row.is_held]
    return [each.key for each in queueing.in_order(queue)]
