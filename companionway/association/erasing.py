"""This room's part of "delete everything": the association's book stays and is signed; their name is no more in it."""

from __future__ import annotations

from datetime import datetime

from companionway.association.models import Chosen, Signature, Version
from companionway.people.models import Person


def part(person: Person, now: datetime) -> dict[str, int]:
    """They are off the register with their membership (`groups`); who was chosen and who signed has no name then."""
    Version.objects.filter(written_by=person).update(written_by=None)
    rows = Chosen.objects.filter(person=person).update(person=None)
    rows += Signature.objects.filter(person=person).update(person=None)
    return {"offices_and_signatures": rows}
