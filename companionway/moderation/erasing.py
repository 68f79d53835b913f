"""This room's part of deleting everything about a person: the words go with their keys; what was decided is a count."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from companionway.foundation import ids, sealing
from companionway.moderation.models import Appeal, Decision, PanelYes, SamePerson, Seat
from companionway.moderation.states import DECISION
from companionway.people.models import Person

ids.owners(DECISION, "moderation.Decision")


def part(person: Person, now: datetime) -> dict[str, int]:
    about = Decision.objects.filter(about=person)
    pks = list(about.values_list("pk", flat=True))
    for pk in pks:
        sealing.destroy_key(DECISION, pk, now=now)
    Seat.objects.filter(decision__in=pks).delete()
    Appeal.objects.filter(decision__in=pks).delete()
    about.update(about=None, sealed_facts=None, sealed_back=None, sealed_message=None)
    # A view they gave elsewhere can be read by nobody any more; one they still owed is asked of somebody else.
    seats = Seat.objects.filter(person=person)
    seats.filter(decision__appeal__answered_at=None).update(
        sealed_view=None, finding="", days=None, viewed_at=None, declined_at=now
    )
    seats.update(sealed_view=None)
    PanelYes.objects.filter(person=person).delete()
    SamePerson.objects.filter(Q(one=person) | Q(other=person)).delete()
    return {"decisions": len(pks)}
