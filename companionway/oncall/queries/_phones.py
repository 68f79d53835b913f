"""Whom to telephone when nobody on the ladder answers."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.foundation import sealing
from companionway.oncall.models import PHONE, Telephone
from companionway.oncall.opening import opened
from companionway.people.models import Organisation


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """One number, as it stands on the list. `said_for`: what to know before ringing."""

    name: str
    number: str
    said_for: str
    public_id: str = ""
    place: int = 0

    @property
    def dial(self) -> str:
        """What a telephone dials: digits, and a leading plus."""
        return "".join(c for i, c in enumerate(self.number.strip()) if c.isdigit() or (c == "+" and i == 0))


def phone_list(organisation: Organisation) -> list[PhoneEntry]:
    """The list in the order to ring. Who may see it is decided by whoever asks."""
    if organisation.pk is None:
        return []
    rows = list(Telephone.objects.filter(organisation=organisation).order_by("place", "pk"))
    sealing.preload(PHONE, [row.pk for row in rows])
    entries = (phone_of(row) for row in rows)
    return [entry for entry in entries if entry.number]


def phone_of(row: Telephone) -> PhoneEntry:
    return PhoneEntry(**opened(row), public_id=row.public_id, place=row.place)
